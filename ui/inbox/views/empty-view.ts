import type { InboxView } from '../../../src/domain/inbox/inbox-view.ts';
import { html, type VNode } from '../../design/html.ts';
import { type IconName, icon } from '../../design/icon.ts';
import { emptyState, hidden } from '../../design/parts.ts';
import { addressOf } from '../actions/navigation.ts';
import { counts, practice, session } from '../store.ts';
import { SetUpList } from './lazy-views.ts';

/** What happens next, where there is nothing yet. */
const EMPTY: Record<InboxView, readonly [icon: IconName, title: string, text: string]> = {
  open: [
    'inbox',
    'Nobody is waiting',
    'When a caller hangs up on hold, or chooses to text, the conversation appears here by itself.',
  ],
  'needs-reply': ['check', 'All answered', 'Callers who write next appear here, the longest waiting first.'],
  mine: [
    'person',
    'Nothing is assigned to you',
    'Take a conversation with its assignee button and it appears here.',
  ],
  unassigned: [
    'no-person',
    'Every conversation has somebody',
    'New callers appear here until a staff member takes them.',
  ],
  'awaiting-caller': [
    'reply',
    'We wait for nobody',
    'Conversations whose caller has the word rest here until they write.',
  ],
  snoozed: [
    'clock',
    'Nothing is snoozed',
    'A snoozed conversation rests here and comes back at its time, or when the caller writes.',
  ],
  done: ['check', 'Nothing is done yet', 'Conversations marked done are kept here. A new text reopens them.'],
};

/** Where nothing is open at all, that is said in the view where the inbox opens too. */
export function EmptyView({ name }: { name: InboxView }): VNode {
  const open = counts.value?.open ?? 0;
  if (name === 'needs-reply' && open > 0) return emptyState(...EMPTY[name], waitingLink());
  if (name !== 'open' && name !== 'needs-reply') return emptyState(...EMPTY[name]);
  const empty = emptyState(...EMPTY.open, simulatorLink());
  if (practice.value?.role === 'staff') return empty;
  return html`${empty}<${SetUpList} />`;
}

function waitingLink(): VNode {
  const n = counts.value?.['awaiting-caller'] ?? 0;
  const words = n === 1 ? 'One conversation waits' : `${n.toLocaleString('en-US')} conversations wait`;
  return html`<a class="button" data-inbox href=${addressOf({ view: 'awaiting-caller' })}>${words} on the caller</a>`;
}

function simulatorLink(): VNode | null {
  if (session.value?.environment === 'production') return null;
  return html`<a class="button" href="/simulator" target="_blank" rel="noreferrer noopener">${icon('phone')}Try it with the handset${hidden(' (new tab)')}</a>`;
}
