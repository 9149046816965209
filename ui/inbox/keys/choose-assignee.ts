import type { StaffRef } from '../../../src/domain/conversation/message.ts';
import { changeConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { countOf } from '../choosing/bulk-words.ts';
import { changeSelected } from '../choosing/change-selected.ts';
import { selected } from '../choosing/selection.ts';
import { colleagues } from '../colleagues.ts';
import { handingOver } from '../handing-over.ts';
import { conversations, session } from '../store.ts';
import type { Choice } from './choices.ts';
import { fitting } from './fitting.ts';
import { choosing } from './shown.ts';

/** Who sees to a conversation: whoever asks first, then everybody, then nobody; by a key or by its button. */
export function chooseAssignee(id: string): void {
  const conversation = conversations.peek().get(id);
  if (conversation === undefined) return;
  const { assignee } = conversation;
  const people = peopleFor(assignee === null ? 'nobody' : assignee.id, (to) => void assign(id, to));
  ask(callerTitle(conversation), colleagues().length === 0 ? people : [...people, handOver(id)]);
}

/** Of all of them at once. */
export function chooseAssigneeOfSelected(): void {
  const all = selected.peek();
  const [chosen, ...others] = new Set(all.map(({ assignee }) => assignee?.id ?? 'nobody'));
  if (chosen === undefined) return;
  ask(countOf(all.length), peopleFor(others.length === 0 ? chosen : null, assignSelected));
}

function ask(whom: string, choices: readonly Choice[]): void {
  choosing.value = {
    title: `Assign ${whom}`,
    placeholder: 'To whom?',
    nothing: 'Nobody of that name',
    choicesFor: (words) => fitting(choices, words),
  };
}

/** As they are now: nobody changes places while somebody is about to choose. */
function peopleFor(chosen: string | null, assignTo: (person: StaffRef | null) => void): Choice[] {
  const me = session.peek()?.staff;
  const of = ({ id, name }: StaffRef, more: Partial<Choice>): Choice => ({
    id,
    group: 'People',
    label: name,
    icon: 'person',
    isChosen: id === chosen,
    choose: () => assignTo({ id, name }),
    ...more,
  });
  return [
    ...(me === undefined ? [] : [of(me, { label: `${me.name} (you)`, also: 'me' })]),
    ...colleagues().map((one) => of(one, { detail: one.isHere ? 'here now' : 'not here now' })),
    of({ id: 'nobody', name: 'Nobody' }, { icon: 'no-person', choose: () => assignTo(null) }),
  ];
}

function handOver(id: string): Choice {
  return {
    id: 'hand-over',
    group: 'People',
    label: 'Hand over with a note…',
    icon: 'lock',
    choose: () => {
      handingOver.value = id;
    },
  };
}

async function assign(id: string, to: StaffRef | null): Promise<void> {
  const isGone = colleagues().some((one) => one.id === to?.id && !one.isHere);
  const said = `Assigned to ${to === null ? 'nobody' : to.name}${isGone ? ', who is not here now' : ''}`;
  await changeConversation(id, { assignee: to?.id ?? null }, said);
}

function assignSelected(to: StaffRef | null): void {
  const did = to === null ? 'assigned to nobody' : `assigned to ${to.name}`;
  void changeSelected({ change: { assignee: to?.id ?? null }, did });
}
