import type { InboxView } from '../../src/domain/inbox/inbox-view.ts';
import type { IconName } from '../design/icon.ts';

export const VIEW_ICONS: Record<InboxView, IconName> = {
  'needs-reply': 'reply',
  mine: 'person',
  unassigned: 'no-person',
  'awaiting-caller': 'double-check',
  open: 'inbox',
  snoozed: 'clock',
  done: 'check',
};
