import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { StaffRef } from '../../../src/domain/conversation/message.ts';
import { changeConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { handingOver } from '../handing-over.ts';
import { conversations, session, staff } from '../store.ts';
import type { Choice } from './choices.ts';
import { fitting } from './fitting.ts';
import { choosing } from './shown.ts';

/** Who sees to a conversation: whoever asks first, then everybody, then nobody. */
export function chooseAssignee(id: string): void {
  const conversation = conversations.peek().get(id);
  if (conversation === undefined) return;
  choosing.value = {
    title: `Assign ${callerTitle(conversation)}`,
    placeholder: 'To whom?',
    nothing: 'Nobody of that name',
    choicesFor: (words) => fitting(peopleFor(conversation), words),
  };
}

function peopleFor({ id, assignee }: ConversationSummary): Choice[] {
  const me = session.peek()?.staff;
  const others = staff.peek().filter((one) => one.id !== me?.id);
  const people: StaffRef[] = me === undefined ? others : [{ id: me.id, name: me.name }, ...others];
  return [
    ...people.map(
      (person): Choice => ({
        id: person.id,
        group: 'People',
        label: person.id === me?.id ? `${person.name} (you)` : person.name,
        icon: 'person',
        isChosen: person.id === assignee?.id,
        choose: () => void assign(id, person),
      }),
    ),
    {
      id: 'nobody',
      group: 'People',
      label: 'Nobody',
      icon: 'no-person',
      isChosen: assignee === null,
      choose: () => void assign(id, null),
    },
    ...(others.length === 0 ? [] : [handOver(id)]),
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
  const said = to === null ? 'Assigned to nobody' : `Assigned to ${to.name}`;
  await changeConversation(id, { assignee: to?.id ?? null }, said);
}
