import { useSignal } from '@preact/signals';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import { describedBy, field, switchButton } from '../../design/form-parts.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusNow, focusSoon, notify, useUnsaved } from '../../shell/page.ts';
import { carrierChoices } from './carrier-choices.ts';
import { CARRIER_WORDS } from './carrier-words.ts';
import type { OpenedLine } from './line-page.ts';
import type { ShownLine } from './lines-api.ts';

interface Draft {
  name: string;
  carrier: ShownLine['carrier'];
  mainNumber: string;
  /** As typed. */
  pace: string;
  looksUp: boolean;
}

function draftOf(line: ShownLine): Draft {
  return {
    name: line.name,
    carrier: line.carrier,
    mainNumber: line.mainNumber === null ? '' : formatNumber(line.mainNumber),
    pace: String(line.segmentsPerSecond),
    looksUp: line.looksUpLineType,
  };
}

/** How texts leave by it and where its calls go, saved at once. */
export function LineForm({ line, carriers, api, changed, reload }: OpenedLine): VNode {
  const kept = useSignal<Draft | null>(null);
  const error = useSignal<{ id: string | null; message: string } | null>(null);
  const isBusy = useSignal(false);
  /** What somebody else saved meanwhile. */
  const theirs = useSignal<ShownLine | null>(null);
  const draft = kept.value ?? draftOf(line);
  const isChanged = !isSameJson(draft, draftOf(line));
  useUnsaved(isChanged);

  const set = (change: Partial<Draft>) => {
    kept.value = { ...draft, ...change };
    error.value = null;
  };
  const drop = () => {
    kept.value = null;
    error.value = null;
    theirs.value = null;
  };
  const refuse = (id: string | null, message: string) => {
    error.value = { id, message };
    if (id !== null) focusNow(`#${id}`);
  };

  const take = (now: ShownLine) => {
    drop();
    changed(now);
  };

  async function save(version: number): Promise<void> {
    if (isBusy.peek() || !isChanged) return;
    const pace = Number(draft.pace);
    if (draft.name.trim() === '') return refuse('line-name', 'Give it a name.');
    if (!(pace >= 0.1 && pace <= 1000)) return refuse('line-pace', 'Write a number from 0.1 to 1000.');
    isBusy.value = true;
    const answer = await api.change(
      line.id,
      {
        name: draft.name.trim(),
        carrier: draft.carrier,
        mainNumber: draft.mainNumber.trim() || null,
        segmentsPerSecond: pace,
        looksUpLineType: draft.looksUp,
      },
      version,
    );
    const now = !answer.ok && answer.code === 'changed-meanwhile' ? await api.all() : null;
    isBusy.value = false;
    if (answer.ok) {
      drop();
      changed(answer.value.line);
      notify('Saved. It holds everywhere within ten seconds.');
      return;
    }
    if (now?.ok) {
      theirs.value = now.value.lines.find(({ id }) => id === line.id) ?? null;
      if (theirs.value === null) await reload();
      else focusSoon('#overtaken-title');
      return;
    }
    const [, name] = /^Check “(\w+)”/.exec(answer.message) ?? [];
    const id = { name: 'line-name', mainNumber: 'line-main' }[name ?? ''] ?? null;
    refuse(id, answer.message.replace(/^Check “\w+”: /, ''));
  }

  const input = (
    id: string,
    label: string,
    help: string,
    value: string,
    key: 'name' | 'mainNumber' | 'pace',
  ) => {
    const wrong = error.value?.id === id ? error.value.message : null;
    const control = html`<input id=${id} type=${key === 'mainNumber' ? 'tel' : 'text'} inputmode=${key === 'pace' ? 'decimal' : undefined}
      autocomplete="off" maxlength="100" aria-invalid=${wrong === null ? undefined : 'true'}
      aria-describedby=${describedBy({ id, help, error: wrong })} value=${value}
      onInput=${(event: Event) => set({ [key]: (event.currentTarget as HTMLInputElement).value })} />`;
    return field({
      id,
      label,
      help,
      error: wrong,
      control:
        key === 'pace'
          ? html`<div class="field__measure">${control}<span>segments a second</span></div>`
          : control,
    });
  };

  const other = theirs.value;
  return html`<form class="card form" aria-labelledby="settings-title" noValidate onSubmit=${(
    event: SubmitEvent,
  ) => {
    event.preventDefault();
    void save(line.version);
  }}>
    <h2 class="section__title" id="settings-title">Settings</h2>
    ${input('line-name', 'Name', 'For colleagues, who see it beside conversations.', draft.name, 'name')}
    ${input('line-main', 'Calls are forwarded to', 'For who calls the line instead of texting. Without a number, callers are asked to text.', draft.mainNumber, 'mainNumber')}
    ${input('line-pace', 'Pace of automatic texts', 'What the carrier allows: 1 for an ordinary number, 3 for a toll-free one. What staff write does not wait.', draft.pace, 'pace')}
    ${
      carriers.find(({ name }) => name === draft.carrier)?.canLookUpLineType
        ? html`<div class="field">
            ${switchButton({ label: 'Find out landlines before the first text', isOn: draft.looksUp, turn: (looksUp) => set({ looksUp }), describedBy: 'look-up-help' })}
            <p class="field__help" id="look-up-help">The carrier is asked once for each new caller, and charges for it. A landline gets no text, and staff see why.</p>
          </div>`
        : null
    }
    ${carrierChoices(carriers, draft.carrier, (carrier) => set({ carrier, looksUp: false }))}
    ${draft.carrier === line.carrier ? null : html`<p class="callout callout--warn">Conversations move to ${CARRIER_WORDS[draft.carrier].label} with their next call or text. The number has to be there too.</p>`}
    ${
      other === null
        ? null
        : overtaken(
            draft,
            draftOf(other),
            () => take(other),
            () => void save(other.version),
          )
    }
    <div role="alert">${error.value === null || error.value.id !== null ? null : html`<p class="callout callout--danger">${error.value.message}</p>`}</div>
    <div class="form__actions">
      <button class="button button--primary" type="submit" aria-disabled=${isChanged && !isBusy.value && other === null ? undefined : 'true'}>${isBusy.value ? 'Saving…' : 'Save'}</button>
      ${isChanged ? html`<button type="button" class="button button--quiet" onClick=${drop}>Discard</button>` : null}
      <span class="field__help" role="status">${isChanged ? 'Not saved yet' : 'Saved'}</span>
    </div>
  </form>`;
}

const WORDS: Record<keyof Draft, string> = {
  name: 'Name',
  carrier: 'Carrier',
  mainNumber: 'Calls are forwarded to',
  pace: 'Pace',
  looksUp: 'Find out landlines',
};

/** Somebody else came first: both are shown, and nothing is lost until one is chosen. */
function overtaken(mine: Draft, now: Draft, take: () => void, keep: () => void): VNode {
  const keys = (Object.keys(WORDS) as (keyof Draft)[]).filter((key) => mine[key] !== now[key]);
  const shown = (draft: Draft, key: keyof Draft) =>
    key === 'carrier'
      ? CARRIER_WORDS[draft.carrier].label
      : key === 'looksUp'
        ? draft.looksUp
          ? 'on'
          : 'off'
        : draft[key] || 'none';
  return html`<section class="callout callout--warn overtaken" aria-labelledby="overtaken-title">
    <div>
      <h3 id="overtaken-title" tabindex="-1">Somebody else changed this line meanwhile</h3>
      <ul class="differences">
        ${keys.map((key) => html`<li key=${key}><strong>${WORDS[key]}</strong><span>Yours: ${shown(mine, key)}</span><span>Theirs: ${shown(now, key)}</span></li>`)}
      </ul>
      <div class="form__actions">
        <button type="button" class="button" onClick=${take}>Take theirs</button>
        <button type="button" class="button" onClick=${keep}>Save mine over it</button>
      </div>
    </div>
  </section>`;
}
