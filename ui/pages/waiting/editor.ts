import { useSignal } from '@preact/signals';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import { html, type VNode } from '../../design/html.ts';
import { keptDrafts } from '../../shell/kept-drafts.ts';
import { focusNow, focusSoon, notify, useUnsaved } from '../../shell/page.ts';
import { draftOf, readDraft, type WaitingDraft } from './draft.ts';
import { limitsCard } from './limits-card.ts';
import type { Stored, WaitingApi } from './waiting-api.ts';
import { wordingCard } from './wording-card.ts';
import { WordsCard } from './words-card.ts';

const drafts = keptDrafts<{ draft: WaitingDraft; base: Stored }>();

interface Edited {
  practiceId: string;
  api: WaitingApi;
  stored: Stored;
  /** What is there now. */
  changed: (stored: Stored) => void;
}

/** All of it in one form, saved at once. */
export function WaitingEditor({ practiceId, api, stored, changed }: Edited): VNode {
  const kept = useSignal(drafts.of(practiceId));
  const isTried = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  /** What somebody else saved meanwhile. */
  const theirs = useSignal<Stored | null>(null);

  const base = kept.value?.base ?? stored;
  const draft = kept.value?.draft ?? draftOf(base.settings);
  const { settings, faults: found } = readDraft(draft);
  const [firstFault] = Object.keys(found);
  const isChanged = firstFault !== undefined || !isSameJson(settings, base.settings);
  const faults = isTried.value ? found : {};
  useUnsaved(isChanged);

  const keep = (next: WaitingDraft | null, seen = base) => {
    kept.value = next === null ? null : { draft: next, base: seen };
    drafts.keep(practiceId, kept.value);
  };
  const set = (change: Partial<WaitingDraft>) => {
    error.value = null;
    keep({ ...draft, ...change });
  };
  const settle = (now: Stored) => {
    keep(null);
    isTried.value = false;
    error.value = null;
    theirs.value = null;
    changed(now);
  };

  async function save(version: number): Promise<void> {
    if (isBusy.value || !isChanged) return;
    isTried.value = true;
    if (firstFault !== undefined) {
      focusNow(`#${firstFault}`);
      return;
    }
    isBusy.value = true;
    const answer = await api.set(settings, version);
    isBusy.value = false;
    if (answer.ok) {
      settle(answer.value);
      notify('Saved. It holds everywhere within ten seconds.');
    } else if (answer.code === 'changed-meanwhile') {
      theirs.value = (answer.detail as { waiting: Stored }).waiting;
      focusSoon('#overtaken-title');
    } else {
      error.value = answer.message;
    }
  }

  const other = theirs.value;
  return html`<form class="waiting-form" noValidate onSubmit=${(event: SubmitEvent) => {
    event.preventDefault();
    if (other === null) void save(base.version);
  }}>
    ${limitsCard({ draft, faults, set })}
    <${WordsCard} words=${draft.words} faults=${faults} set=${(words: WaitingDraft['words']) => set({ words })} />
    ${wordingCard({ wording: draft.wording, faults, set: (wording) => set({ wording }) })}
    ${other === null ? null : overtaken(other)}
    <div class="save-bar">
      <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
      <button class="button button--primary" type="submit" aria-disabled=${isChanged && !isBusy.value && other === null ? undefined : 'true'}>${isBusy.value ? 'Saving…' : 'Save'}</button>
      ${isChanged ? html`<button type="button" class="button button--quiet" onClick=${() => settle(theirs.peek() ?? base)}>Discard</button>` : null}
      <span class="field__help" role="status">${isChanged ? 'Not saved yet' : 'Saved'}</span>
    </div>
  </form>`;

  function overtaken(now: Stored): VNode {
    return html`<section class="callout callout--warn overtaken" aria-labelledby="overtaken-title">
      <div>
        <h2 id="overtaken-title" tabindex="-1">Somebody else changed this meanwhile</h2>
        <p>They answer within ${now.settings.targetMinutes} minutes, and have ${Object.values(now.settings.redFlags).flat().length} urgent phrases. You would answer within ${settings.targetMinutes}, and have ${Object.values(settings.redFlags).flat().length}.</p>
        <div class="form__actions">
          <button type="button" class="button" onClick=${() => {
            settle(now);
            focusSoon('#page-title');
          }}>Take theirs</button>
          <button type="button" class="button" onClick=${() => void save(now.version)}>Save mine over it</button>
        </div>
      </div>
    </section>`;
  }
}
