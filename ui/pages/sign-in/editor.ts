import { useSignal } from '@preact/signals';
import type { SignInSettingsAnswer, SingleSignOn } from '../../../src/domain/people/single-sign-on.ts';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import { switchButton } from '../../design/form-parts.ts';
import { formatListTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusSoon, minute, notify, useUnsaved } from '../../shell/page.ts';
import { differencesOf } from './differences.ts';
import { groupsCard } from './groups-card.ts';
import { ProviderCard } from './provider-card.ts';
import { type Draft, readSettings, saveSettings } from './sign-in-api.ts';

interface Editor {
  settings: SignInSettingsAnswer;
  timeZone: string;
  changed: (settings: SignInSettingsAnswer) => void;
}

/** Saved all at once, because one setting makes little sense without the others. */
export function SignInEditor({ settings, timeZone, changed }: Editor): VNode {
  const saved: Draft = { passkeysNeeded: settings.passkeysNeeded, singleSignOn: settings.singleSignOn };
  const kept = useSignal<Draft | null>(null);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  /** What somebody else saved meanwhile. */
  const theirs = useSignal<SignInSettingsAnswer | null>(null);
  const draft = kept.value ?? saved;
  const { passkeysNeeded, singleSignOn } = draft;
  const isChanged = !isSameJson(draft, saved);
  useUnsaved(isChanged);

  const set = (change: Partial<SingleSignOn>) => {
    error.value = null;
    const next = { ...singleSignOn, ...change };
    kept.value = { ...draft, singleSignOn: next.isOn ? next : { ...next, isOnlyWay: false } };
  };
  const drop = () => {
    kept.value = null;
    error.value = null;
    theirs.value = null;
  };

  async function save(version: number): Promise<void> {
    if (isBusy.peek() || !isChanged) return;
    isBusy.value = true;
    error.value = null;
    const answer = await saveSettings(draft, version);
    const now = !answer.ok && answer.code === 'changed-meanwhile' ? await readSettings() : null;
    isBusy.value = false;
    if (answer.ok) {
      drop();
      changed(answer.value);
      notify('Saved. It holds from the next sign-in on.');
    } else if (now?.ok) {
      theirs.value = now.value;
      focusSoon('#overtaken-title');
    } else {
      error.value = answer.message;
    }
  }

  const { workedAt } = settings;
  const hasOtherClient =
    singleSignOn.issuer !== saved.singleSignOn.issuer ||
    singleSignOn.clientId !== saved.singleSignOn.clientId;
  const canBeOnly = singleSignOn.isOn && workedAt !== null && !hasOtherClient;
  return html`
    <form class="form" noValidate onSubmit=${(event: SubmitEvent) => {
      event.preventDefault();
      void save(settings.version);
    }}>
      <section class="card" aria-labelledby="passkeys-title">
        <h2 class="section__title" id="passkeys-title">Passkeys</h2>
        ${switchButton({
          label: 'Managers and admins need a passkey',
          isOn: passkeysNeeded,
          describedBy: 'passkeys-help',
          turn: (isOn) => {
            error.value = null;
            kept.value = { ...draft, passkeysNeeded: isOn };
          },
        })}
        <p class="field__help" id="passkeys-help">Who has none adds one at the next sign-in, before anything else. Their password alone then lets them in no more. Staff may have passkeys, and need none.</p>
      </section>
      <${ProviderCard} settings=${settings} singleSignOn=${singleSignOn} set=${set} />
      ${groupsCard({ groups: singleSignOn.groups, practices: settings.practices, set: (groups) => set({ groups }) })}
      <section class="card" aria-labelledby="use-title">
        <h2 class="section__title" id="use-title">Use it</h2>
        ${switchButton({ label: 'Offer single sign-on at the sign-in', isOn: singleSignOn.isOn, turn: (isOn) => set({ isOn }) })}
        ${switchButton({
          label: 'Make it the only way in',
          isOn: singleSignOn.isOnlyWay,
          isDisabled: !canBeOnly && !singleSignOn.isOnlyWay,
          describedBy: 'only-help',
          turn: (isOnlyWay) => set({ isOnlyWay }),
        })}
        <p class="field__help" id="only-help">${
          workedAt === null || hasOtherClient
            ? 'Once somebody has come in by it: save, sign out, and try it yourself.'
            : `Somebody last came in by it ${formatListTime(workedAt, minute.value, timeZone)}.`
        } As the only way, passwords, passkeys and links are closed. Admins can still use theirs in an emergency: that stands out in the audit log of every practice.</p>
      </section>
      ${theirs.value === null ? null : overtaken(theirs.value)}
      <div class="save-bar">
        <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
        <button type="submit" class="button button--primary" aria-disabled=${isChanged && !isBusy.value && theirs.value === null ? undefined : 'true'}>${isBusy.value ? 'Saving…' : 'Save'}</button>
        ${isChanged ? html`<button type="button" class="button button--quiet" onClick=${drop}>Discard</button>` : null}
        <span class="field__help" role="status">${isChanged ? 'Not saved yet' : 'Saved'}</span>
      </div>
    </form>
  `;

  function overtaken(now: SignInSettingsAnswer): VNode {
    return html`<section class="callout callout--warn overtaken" aria-labelledby="overtaken-title">
      <div>
        <h2 id="overtaken-title" tabindex="-1">Somebody else changed this meanwhile</h2>
        <ul>${differencesOf(now, draft).map((words) => html`<li key=${words}>${words}</li>`)}</ul>
        <div class="form__actions">
          <button type="button" class="button" onClick=${() => {
            drop();
            changed(now);
            focusSoon('#page-title');
          }}>Take theirs</button>
          <button type="button" class="button" onClick=${() => void save(now.version)}>Save mine over it</button>
        </div>
      </div>
    </section>`;
  }
}
