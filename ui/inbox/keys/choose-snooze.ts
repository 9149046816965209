import type { IconName } from '../../design/icon.ts';
import { settle } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { notify } from '../actions/session-actions.ts';
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
  const title = `Snooze ${callerTitle(conversation)}`;
  const choices = [
    ...snoozeChoices(Date.now(), timeZone.peek()).map(({ label, hint, until }) =>
      choice(label, 'clock', () => snooze(id, until), hint),
    ),
    ...(conversation.state === 'snoozed' ? [choice('End the snooze', 'undo', () => snooze(id, null))] : []),
  ];
  choosing.value = {
    title,
    placeholder: 'Until when?',
    nothing: 'No such time',
    choicesFor: (words) => fitting(choices, words),
  };
}

function choice(label: string, icon: IconName, choose: () => void, detail?: string): Choice {
  return { id: label, group: 'Snooze', label, icon, choose, ...(detail === undefined ? {} : { detail }) };
}

function snooze(id: string, until: number | null): void {
  void settle(id, { snoozedUntil: until }, until === null ? 'Snooze ended' : 'Snoozed');
}
