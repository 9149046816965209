import { batch, computed, signal } from '@preact/signals';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { newerFor } from '../../src/domain/conversation/newer-messages.ts';
import { passes } from '../../src/domain/inbox/inbox-filter.ts';
import { type InboxView, isInView, isUpTo } from '../../src/domain/inbox/inbox-view.ts';
import { type Ordered, ordered } from './order.ts';
import { readRoute } from './route.ts';
import { pageFor } from './state/list-pages.ts';
import { EMPTY_DRAFT, initialState, type Practice, type Session, type State } from './state/state.ts';
import { timelineOf } from './timeline.ts';

export const state = signal<State>(initialState(readRoute(location)));

/** The only way the state changes: by one of the named steps under state/. */
export function change<Details extends unknown[]>(
  step: (state: State, ...details: Details) => State,
  ...details: Details
): void {
  batch(() => {
    state.value = step(state.peek(), ...details);
  });
}

/** Views and effects read these, so that each is only run again when its own part has changed. */
export const entry = computed(() => state.value.entry);
export const route = computed(() => state.value.route);
export const session = computed<Session | null>(() =>
  entry.value.phase === 'signed-in' ? entry.value.session : null,
);
export const practice = computed<Practice | null>(() => {
  const { practices } = session.value ?? { practices: [] };
  const id = route.value.practiceId;
  return practices.find((one) => one.id === id) ?? null;
});
/** What the address says, of which there may be no practice that this person sees. */
export const placeId = computed(() => route.value.practiceId);
/** Null too while this person has to make a passkey first: nothing of a practice is shown until then. */
export const practiceId = computed(() =>
  session.value?.passkey === 'needed' ? null : (practice.value?.id ?? null),
);
export const timeZone = computed(() => practice.value?.timeZone ?? 'UTC');
export const staffId = computed(() => session.value?.staff.id ?? '');
export const view = computed<InboxView>(() => route.value.view);
export const pageAddress = computed(() => route.value.page);
export const query = computed(() => route.value.query);
export const conversationId = computed(() => route.value.conversationId);
export const conversations = computed(() => state.value.conversations);
export const counts = computed(() => state.value.counts);
/** Open ones. */
export const callBacks = computed(() => state.value.callBacks);
export const present = computed(() => state.value.present);
export const mentions = computed(() => state.value.mentions);
/** Conversations that a colleague has on screen, or where a note names this person. */
export const accompanied = computed(() => {
  const others = present.value.filter(({ id }) => id !== staffId.value);
  return new Set([...others, ...mentions.value].map(({ conversation }) => conversation));
});
export const alarms = computed(() => state.value.alarms);
export const staff = computed(() => state.value.staff);
export const connection = computed(() => state.value.connection);
export const kept = computed(() => state.value.kept);
export const writerId = computed(() => state.value.writerId);
export const notice = computed(() => state.value.notice);
export const consentDialog = computed(() => state.value.consentDialog);
export const largePicture = computed(() => state.value.largePicture);
export const isIdleWarned = computed(() => state.value.isIdleWarned);
export const found = computed(() => state.value.found);
export const filter = computed(() => route.value.filter);
/** What is looked at: a view, as far as it is narrowed. */
export const list = computed(() => ({ view: view.value, filter: filter.value }));
export const page = computed(() => pageFor(state.value, list.value));

const horizon = computed(() => page.value?.horizon);

/** Of a view, as far as it is narrowed, only what is loaded without gaps. */
const isListed = computed(() => {
  const [inView, narrowed, me, end] = [view.value, filter.value, staffId.value, horizon.value];
  return (one: ConversationSummary) =>
    end !== undefined &&
    isInView(inView, one, me) &&
    passes(narrowed, one) &&
    (end === null || isUpTo(end, one));
});

let inOrder: Ordered | null = null;

/** What the list shows, in order. */
export const listed = computed<readonly ConversationSummary[]>(() => {
  const all = conversations.value;
  if (query.value !== '') return (found.value?.ids ?? []).flatMap((id) => all.get(id) ?? []);
  inOrder = ordered(inOrder, all, isListed.value);
  return inOrder.rows;
});

/** Any of another line than the first. */
export const hasManyLines = computed(() => {
  const [first, ...others] = conversations.value.values();
  return others.some(({ line }) => line.id !== first?.line.id);
});

export const summary = computed(() => conversations.value.get(conversationId.value ?? '') ?? null);
export const opened = computed(() => state.value.opened.get(conversationId.value ?? '') ?? null);
export const draft = computed(() => state.value.drafts.get(conversationId.value ?? '') ?? EMPTY_DRAFT);
/** The newest message of a conversation that this page was told of; of a long one only what is near is kept. */
export function newestSeqOf(id: string): number | null {
  const { opened: all, conversations: known } = state.peek();
  const seqs = [all.get(id)?.messages.at(-1)?.seq, known.get(id)?.lastSeq].filter((seq) => seq !== undefined);
  return seqs.length === 0 ? null : Math.max(...seqs);
}

/** What came after a reply was begun that has not left yet: marked where it stands. */
export const newer = computed(() => {
  const begun = draft.value.reply === '' ? [] : [draft.value.seenSeq];
  const overtaken = unsent.value.filter(({ stage }) => stage.is === 'overtaken').map((one) => one.seenSeq);
  const seen = [...begun, ...overtaken].filter((seq) => seq !== null);
  return seen.length === 0 ? [] : newerFor(staffId.value, Math.min(...seen), opened.value?.messages ?? []);
});
const unsent = computed(() => state.value.unsent.get(conversationId.value ?? '') ?? NONE);
export const timeline = computed(() =>
  timelineOf(opened.value?.messages ?? [], unsent.value, timeZone.value),
);

const NONE: never[] = [];

const written = computed(() => state.value.unsent);
/** Where something that this person wrote did not leave, and does not by itself. */
export const notSent = computed(() =>
  [...written.value].flatMap(([id, all]) =>
    all.some(({ stage }) => stage.is === 'failed' || stage.is === 'overtaken') ? [id] : [],
  ),
);

/** The row that the keyboard is on. */
export const rowId = signal<string | null>(null);
/** The one row that Tab reaches: where the keyboard was, else the opened one, else the first. */
export const tabRowId = computed(() => {
  const ids = listed.value.map(({ id }) => id);
  return [rowId.value, conversationId.value].find((id) => id !== null && ids.includes(id)) ?? ids[0] ?? null;
});
