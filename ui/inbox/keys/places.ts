/** Where G and a letter lead. A letter of the name where one is free, and never the same one twice. */
import { INBOX_VIEWS, type InboxView } from '../../../src/domain/inbox/inbox-view.ts';
import { PAGE_NAMES, type PageName } from '../../shell/page-names.ts';

export const VIEW_LETTERS: Record<InboxView, string> = {
  'needs-reply': 'n',
  mine: 'm',
  unassigned: 'u',
  'awaiting-caller': 'w',
  open: 'o',
  snoozed: 'z',
  done: 'd',
};

export const PAGE_LETTERS: Record<PageName, string> = {
  activity: 'a',
  'call-backs': 'c',
  triggers: 't',
  hours: 'h',
  waiting: 'v',
  'quick-responses': 'q',
  lines: 'l',
  patients: 'p',
  people: 'e',
  practice: 'r',
  'set-up': 's',
  audit: 'i',
  data: 'k',
  enterprise: 'x',
  'sign-in': 'g',
  account: 'y',
};

export type Place = { letter: string } & ({ view: InboxView } | { page: PageName });

/** In the order of the rail. */
export const PLACES: readonly Place[] = [
  ...INBOX_VIEWS.map((view) => ({ letter: VIEW_LETTERS[view], view })),
  ...PAGE_NAMES.map((page) => ({ letter: PAGE_LETTERS[page], page })),
];
