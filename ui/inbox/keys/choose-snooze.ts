import type { IconName } from '../../design/icon.ts';
import { settle } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { notify } from '../actions/session-actions.ts';
import { countOf } from '../choosing/bulk-words.ts';
import { changeSelected } from '../choosing/change-selected.ts';
import { selected } from '../choosing/selection.ts';
import { snoozeChoices } from '../snooze-choices.ts';
import { conversations, timeZone } from '../store.ts';
import type { Choice } from './choices.ts';
import { fitting } from './fitting.ts';
import { choosing } from './shown.ts';

/** When a conversation comes back. */
export function chooseSnooze(id: string): void {
  const conversation = conversations.peek().get(id);
  if (conversation === undefined) return;
  if (conversation.state === 'done') {
    notify('A conversation that is done cannot be snoozed. Reopen it first.');
    return;
  }
  ask(callerTitle(conversation), conversation.state === 'snoozed', (until, hint) => {
    void settle(id, { snoozedUntil: until }, until === null ? 'The snooze ended' : `Snoozed, ${hint}`);
  });
}

/** When all of them come back. */
export function chooseSnoozeOfSelected(): void {
  const all = selected.peek();
  if (all.every(({ state }) => state === 'done')) {
    notify('What is done cannot be snoozed. Reopen it first.');
    return;
  }
  const isAnySnoozed = all.some(({ state }) => state === 'snoozed');
  ask(countOf(all.length), isAnySnoozed, (until) => {
    void changeSelected({ change: { snoozedUntil: until }, did: until === null ? 'back' : 'snoozed' });
  });
}

function ask(what: string, canEnd: boolean, snooze: (until: number | null, hint: string) => void): void {
  const choices = [
    ...snoozeChoices(Date.now(), timeZone.peek()).map(({ label, hint, until }) =>
      choice(label, 'clock', () => snooze(until, hint), hint),
    ),
    ...(canEnd ? [choice('End the snooze', 'undo', () => snooze(null, ''))] : []),
  ];
  choosing.value = {
    title: `Snooze ${what}`,
    placeholder: 'Until when?',
    nothing: 'No such time',
    choicesFor: (words) => fitting(choices, words),
  };
}

function choice(label: string, icon: IconName, choose: () => void, detail?: string): Choice {
  return { id: label, group: 'Snooze', label, icon, choose, ...(detail === undefined ? {} : { detail }) };
}
