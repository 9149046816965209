import { describedBy, field, switchButton } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import type { Faults, LimitDraft, WaitingDraft } from './draft.ts';

interface Limits {
  draft: WaitingDraft;
  faults: Faults;
  set: (change: Partial<WaitingDraft>) => void;
}

/** How long callers may wait, and who is told when they wait for longer. */
export function limitsCard({ draft, faults, set }: Limits): VNode {
  return html`<section class="card" aria-labelledby="limits-title">
    <h2 class="section__title" id="limits-title">How long callers wait</h2>
    ${minutesField('target', 'Answer within', draft.target, faults, (target) => set({ target }), 'Only minutes in which you are open count, by the hours of the line. Near it a conversation turns amber, over it red.')}
    ${limit('everyone', 'Tell everybody', 'Everybody hears of it, whosever conversation it is, and anybody can take it over with one click.')}
    ${limit('managers', 'Tell the managers', 'Managers and admins hear of it as well.')}
    <div class="waiting__limit">
      ${switchButton({ label: 'Conversations of people who are gone return to the queue', isOn: draft.returnsToQueue, turn: (returnsToQueue) => set({ returnsToQueue }), describedBy: 'returns-help' })}
      <p class="field__help" id="returns-help">A caller waits, and the one who has the conversation is not here: within a minute it is nobody’s again, if somebody else is here to take it.</p>
    </div>
  </section>`;

  function limit(id: 'everyone' | 'managers', label: string, help: string): VNode {
    const now = draft[id];
    const change = (to: Partial<LimitDraft>) => set({ [id]: { ...now, ...to } });
    return html`<div class="waiting__limit" key=${id}>
      ${switchButton({ label: SWITCHES[id], isOn: now.isOn, turn: (isOn) => change({ isOn }), describedBy: now.isOn ? `${id}-help` : undefined })}
      ${now.isOn ? minutesField(id, `${label} after`, now.minutes, faults, (minutes) => change({ minutes }), help) : null}
    </div>`;
  }
}

const SWITCHES = {
  everyone: 'When they wait for longer, it is everybody’s',
  managers: 'When they wait even longer, it is the managers’',
};

function minutesField(
  id: string,
  label: string,
  value: string,
  faults: Faults,
  set: (value: string) => void,
  help: string,
): VNode {
  const error = faults[id] ?? null;
  const control = html`<span class="field__measure">
    <input id=${id} inputmode="numeric" autocomplete="off" maxlength="5" value=${value}
      aria-invalid=${error === null ? undefined : 'true'} aria-describedby=${describedBy({ id, help, error })}
      onInput=${(event: Event) => set((event.currentTarget as HTMLInputElement).value)} />
    minutes
  </span>`;
  return field({ id, label, control, help, error });
}
