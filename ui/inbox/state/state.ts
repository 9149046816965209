import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { Mention } from '../../../src/domain/conversation/mentions.ts';
import type { Message, StaffRef } from '../../../src/domain/conversation/message.ts';
import type { InboxFilter } from '../../../src/domain/inbox/inbox-filter.ts';
import type { InboxCounts, PageCursor } from '../../../src/domain/inbox/inbox-view.ts';
import type { PracticeAlarm } from '../../../src/domain/inbox/practice-alarm.ts';
import type { Present } from '../../../src/domain/inbox/presence.ts';
import type { SearchHits } from '../../../src/domain/inbox/search-hit.ts';
import type { PageAddress, Route } from '../route.ts';
import type { List } from './list-pages.ts';

export interface Practice {
  id: string;
  name: string;
  kind: string;
  /** IANA name. */
  timeZone: string;
  role: 'staff' | 'manager' | 'admin';
}

/** What GET and POST /api/session answer. */
export interface Session {
  staff: StaffRef & { email: string; isAdmin: boolean };
  practices: Practice[];
  environment: 'local' | 'demo' | 'production';
  idleMinutes: number;
  /** Asked for kindly, or needed before anything else. */
  passkey: 'none' | 'asked' | 'needed';
}

export type Entry =
  | { phase: 'starting' }
  | { phase: 'unreachable'; message: string }
  /** `note` says why, where the person did not sign out. */
  | { phase: 'signed-out'; note: string | null }
  | { phase: 'signed-in'; session: Session };

/** How much of a list is loaded: everything up to `horizon`, or all of it when that is null. */
export interface Page {
  list: List;
  horizon: PageCursor | null;
  nextCursor: string | null;
  load: Load;
}

export type Load = { is: 'loading' } | { is: 'ready' } | { is: 'failed'; message: string };

export interface Found {
  query: string;
  filter: InboxFilter;
  ids: string[];
  /** By conversation. */
  hits: ReadonlyMap<string, SearchHits>;
  nextCursor: string | null;
  load: Load;
}

/** A conversation that was opened, and as much of it as is on screen or near it. */
export interface OpenedConversation {
  /** Ascending by `seq`, without gaps. */
  messages: Message[];
  /** To what is older; null where `messages` begin with the first. */
  nextCursor: string | null;
  /** To what is newer; null where `messages` end with the newest. */
  newerCursor: string | null;
  load: Load;
  isLoadingOlder: boolean;
  isLoadingNewer: boolean;
}

/** A reply or note that the server has not acknowledged yet. */
export interface Unsent {
  id: string;
  kind: 'reply' | 'note';
  body: string;
  at: number;
  /** `held`: until then it can be taken back. */
  stage:
    | { is: 'held'; until: number }
    | { is: 'sending' }
    | { is: 'waiting' }
    /** Somebody wrote after what its writer had on screen. */
    | { is: 'overtaken' }
    /** `isUnknown`: nobody said whether it arrived. */
    | { is: 'failed'; message: string; isUnknown: boolean };
  /** Of a reply: see `Draft`. */
  seenSeq: number | null;
  /** The conversation is done when it is on its way. */
  isDoneAfter?: boolean;
}

export interface Draft {
  mode: 'reply' | 'note';
  reply: string;
  note: string;
  /** The newest message on screen when the reply was begun, or when its writer last looked; null before. */
  seenSeq: number | null;
}

export interface Notice {
  text: string;
  undo: (() => void) | null;
  /** The word on its button. */
  offers: string;
}

/** What staff are being asked to record about a caller's consent. */
export interface ConsentDialog {
  conversationId: string;
  becomes: 'opted-out' | 'given';
  isBusy: boolean;
  error: string | null;
}

/** Which picture is looked at in large. */
export interface LargePicture {
  messageId: string;
  index: number;
}

export interface State {
  entry: Entry;
  route: Route;
  /** The conversations of the practice that we were told of, but for those that are far from all that is loaded. */
  conversations: ReadonlyMap<string, ConversationSummary>;
  /** So many of them are kept before anybody asks which are far. */
  room: number;
  /** By `listKey`. */
  pages: { readonly [list: string]: Page | undefined };
  found: Found | null;
  counts: InboxCounts | null;
  /** Open call-backs of the practice. */
  callBacks: number;
  present: Present[];
  /** Notes that name this person, not looked at yet, the newest first. */
  mentions: Mention[];
  /** Only managers are told of any. */
  alarms: PracticeAlarm[];
  /** Who conversations can be assigned to. */
  staff: StaffRef[];
  opened: ReadonlyMap<string, OpenedConversation>;
  unsent: ReadonlyMap<string, Unsent[]>;
  drafts: ReadonlyMap<string, Draft>;
  /** Whose `unsent` and `drafts` these are: they outlive signing out, but only for the same person. */
  writerId: string | null;
  /** A page with input of the writer's, out of sight while nobody is signed in. */
  kept: { practice: Practice; page: PageAddress } | null;
  /** `retrying` becomes `lost` when it lasts. */
  connection: 'connecting' | 'live' | 'retrying' | 'lost';
  notice: Notice | null;
  consentDialog: ConsentDialog | null;
  largePicture: LargePicture | null;
  isIdleWarned: boolean;
}

export const EMPTY_DRAFT: Draft = { mode: 'reply', reply: '', note: '', seenSeq: null };

/** What belongs to one practice, and goes when another is chosen or nobody is signed in. */
const NO_PRACTICE = {
  conversations: new Map(),
  room: 0,
  pages: {},
  found: null,
  counts: null,
  callBacks: 0,
  present: [],
  mentions: [],
  alarms: [],
  staff: [],
  opened: new Map(),
  connection: 'connecting',
  notice: null,
  consentDialog: null,
  largePicture: null,
  isIdleWarned: false,
} satisfies Partial<State>;

export function initialState(route: Route): State {
  return {
    ...NO_PRACTICE,
    entry: { phase: 'starting' },
    route,
    unsent: new Map(),
    drafts: new Map(),
    writerId: null,
    kept: null,
  };
}

export function withoutPractice(state: State): State {
  return { ...state, ...NO_PRACTICE };
}
