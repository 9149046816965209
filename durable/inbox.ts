import { DurableObject } from 'cloudflare:workers';
import type { Activity } from '../src/domain/activity.ts';
import { type ActivityPage, type BeyondText, entryOf } from '../src/domain/activity-entry.ts';
import type { CallBackCursor, CallBackState } from '../src/domain/call-back.ts';
import { type CallBackChange, reasonOfFailure } from '../src/domain/call-back-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation-summary.ts';
import type { CarrierName } from '../src/domain/firing.ts';
import type { InboxFrame } from '../src/domain/inbox-frame.ts';
import type { InboxView, PageCursor } from '../src/domain/inbox-view.ts';
import type { Message, StaffRef } from '../src/domain/message.ts';
import type { PracticeAlarm, Trouble } from '../src/domain/practice-alarm.ts';
import type { Env } from '../src/env.ts';
import { ActivityIntake, type TakenIn } from './activity-intake.ts';
import { type ActivityQuery, ActivityStore, type FoundActivity } from './activity-store.ts';
import { AlarmStore } from './alarm-store.ts';
import { type CallBackPage, CallBackStore } from './call-back-store.ts';
import type { CallerHere } from './caller-index.ts';
import { type CallBackResult, changeCallBack } from './change-call-back.ts';
import { fetchAgain } from './fetch-again.ts';
import type { Past } from './forgotten-store.ts';
import { InboxStore, type Page } from './inbox-store.ts';
import { CLOSE, type Seat, Seats, seatFor } from './seats.ts';
import { StrangerStore, type StrangersOfDay } from './stranger-store.ts';

/** Frames that a client which was away for a moment can still have; further back it gets a new snapshot. */
const FRAMES_KEPT = 200;

/** Conversations asked for at once while the inbox is rebuilt. */
const REBUILD_BATCH = 20;
const REBUILD_RETRY_MS = 5_000;

interface Change {
  seq: number;
  conversation: ConversationSummary;
  messages: Message[];
}

/**
 * A practice's inbox: the summaries of its conversations and the sockets of its staff. Applying a summary and
 * telling the sockets happen in one turn, so that nobody is told what is not stored.
 */
export class Inbox extends DurableObject<Env> {
  readonly #store: InboxStore;
  readonly #activities: ActivityStore;
  readonly #callBacks: CallBackStore;
  readonly #strangers: StrangerStore;
  readonly #alarms: AlarmStore;
  readonly #intake: ActivityIntake;
  readonly #seats: Seats;
  #changes: Change[] = [];
  /** `since` from here on can be honoured from `#changes`. */
  #floor: number;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    // First, because it sees to the tables.
    this.#store = new InboxStore(ctx.storage);
    this.#activities = new ActivityStore(ctx.storage.sql, ctx.storage.kv);
    this.#callBacks = new CallBackStore(ctx.storage.sql);
    this.#strangers = new StrangerStore(ctx.storage.sql);
    this.#alarms = new AlarmStore(ctx.storage.sql);
    this.#intake = new ActivityIntake(this.#activities, this.#callBacks);
    this.#seats = new Seats(ctx);
    this.#floor = this.#seats.seq;
  }

  // --- from conversations ------------------------------------------------------------------------

  /**
   * See `InboxStore.apply`. `messages` are those that are new or changed; they are shown, not stored.
   * `activities` are what fired and led to something here; the same ones may come again.
   */
  apply(
    summary: ConversationSummary,
    messages: Message[],
    carrier: CarrierName,
    activities: Activity[] = [],
  ): { indexedSeq: number } {
    const mayOpenCallBack = reasonOfFailure(summary.problem) !== null;
    const problemBefore = mayOpenCallBack ? (this.#store.summary(summary.id)?.problem ?? null) : null;
    const { id, problem } = summary;
    const hadProblem = problem !== null && this.#store.hadProblem(id, problem);
    const { isNewer, indexedSeq, taken } = this.ctx.storage.transactionSync(() => {
      const applied = this.#store.apply(summary, messages);
      const { isNewer } = applied;
      const taken = this.#intake.published({ summary, messages, activities, isNewer, problemBefore });
      return { ...applied, taken };
    });
    if (isNewer || messages.length > 0) this.#tell(summary, messages);
    this.#tellTaken(taken);
    const learnt = { summary, messages, carrier, isNewer, hadProblem };
    if (this.#alarms.learn(learnt, Date.now())) this.#tellAlarms();
    return { indexedSeq };
  }

  // --- from routes -------------------------------------------------------------------------------

  /** For what fired and is no conversation's to publish. The same entry again changes nothing. */
  recordActivity(activity: Activity): void {
    this.#tellTaken(this.ctx.storage.transactionSync(() => this.#intake.record(activity)));
  }

  activityPage(query: ActivityQuery): ActivityPage {
    return this.#activities.page(query);
  }

  activityWithId(id: string): FoundActivity | null {
    return this.#activities.find(id);
  }

  /** When a call came: the first one that the activity still has, or else one that led to a conversation. */
  firstCallAt(): number | null {
    return this.#activities.firstCallAt() ?? this.#store.anyCallAt();
  }

  callersBeyondText(since: { today: number; week: number }): BeyondText {
    return this.#activities.beyondText(since);
  }

  callBackPage(state: CallBackState, after: CallBackCursor | null): CallBackPage {
    return this.#callBacks.page(state, after);
  }

  changeCallBack(id: string, change: CallBackChange, staff: StaffRef): CallBackResult {
    const result = this.ctx.storage.transactionSync(() =>
      changeCallBack(this.#callBacks, id, change, staff, Date.now()),
    );
    if (result.outcome === 'changed') this.#tellTaken({ activities: [], callBacks: [result.callBack] });
    return result;
  }

  /** In the object that is nobody's practice. */
  countStranger(n: number, day: string): void {
    this.#strangers.count(n, day);
  }

  strangers(): StrangersOfDay[] {
    return this.#strangers.days();
  }

  alarms(): PracticeAlarm[] {
    return this.#alarms.list();
  }

  raiseAlarm(trouble: Trouble): void {
    if (this.#alarms.raise(trouble, Date.now())) this.#tellAlarms();
  }

  /** One that is gone already leaves those that came after it alone. */
  dismissAlarm(id: string): void {
    if (this.#alarms.dismiss(id)) this.#tellAlarms();
  }

  /** What somebody may do has changed: their sockets close at once. */
  recheck(staffId: string): void {
    this.#seats.turnOut(staffId);
  }

  page(view: InboxView, staffId: string, after: PageCursor | null): Page {
    return this.#store.page(view, staffId, after);
  }

  search(query: string, view: InboxView | null, staffId: string, skip: number): Page {
    return this.#store.search(query, view, staffId, skip);
  }

  /** See `CallerIndex.withNumbers`: for those who tell conversations whose number theirs is. */
  callersWith(numbers: string[]): CallerHere[] | null {
    return this.#store.callers.withNumbers(numbers);
  }

  /** A page of all conversations, by id. */
  callersAfter(id: string, limit: number): CallerHere[] | null {
    return this.#store.callers.after(id, limit);
  }

  past(before: number | null, after: string, limit: number): Past {
    return this.#store.forgotten.past(before, after, limit);
  }

  /** They were deleted, up to these versions. Whoever has them on screen gets a new snapshot at the next reconnect. */
  forget(gone: { id: string; version: number }[]): void {
    this.#store.forget(gone);
    this.#forgetChanges();
  }

  /** Activity is kept for so long from now on; answers whether there is more to forget at once. */
  keepActivity(days: number): { isMore: boolean } {
    return this.#activities.keep(days, Date.now());
  }

  /** Forgets what it projects and fetches it again from the conversations, in the background. */
  async rebuild(): Promise<void> {
    this.#store.wipe();
    await this.ctx.storage.setAlarm(Date.now());
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + REBUILD_RETRY_MS);
    try {
      for (
        let ids = this.#store.unfetched(REBUILD_BATCH);
        ids.length > 0;
        ids = this.#store.unfetched(REBUILD_BATCH)
      ) {
        await Promise.all(ids.map((id) => fetchAgain(this.env, this.#store, id)));
      }
      await this.ctx.storage.deleteAlarm();
      this.#forgetChanges();
    } catch (error) {
      console.error('rebuilding the inbox', { error: String(error) });
    }
  }

  // --- sockets -----------------------------------------------------------------------------------

  /** The route made this request: who asks was read from the session, never from the client. */
  override async fetch(request: Request): Promise<Response> {
    const asked = new URL(request.url).searchParams;
    const seat = seatFor(asked);
    const { 0: client, 1: server } = new WebSocketPair();
    this.#seats.take(server, seat);
    for (const frame of this.#welcome(seat, asked.get('since'))) server.send(JSON.stringify(frame));
    this.#seats.tellPresence(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  #welcome({ staff, isManager }: Seat, since: string | null): InboxFrame[] {
    const alarms = isManager ? { alarms: this.#alarms.list() } : {};
    const [counts, present, seq] = [this.#store.counts(staff.id), this.#seats.present(), this.#seats.seq];
    const callBacks = this.#callBacks.openCount();
    const from = since === null ? Number.NaN : Number(since);
    if (from >= this.#floor && from <= seq) {
      const missed = this.#changes.filter((change) => change.seq > from);
      const frames = missed.map((change) => ({ type: 'conversation', ...change, counts }) as const);
      return [...frames, { type: 'resumed', seq, counts, callBacks, present, ...alarms }];
    }
    const page = this.#store.page('open', staff.id, null);
    return [{ type: 'snapshot', seq, view: 'open', ...page, counts, callBacks, present, ...alarms }];
  }

  override webSocketMessage(socket: WebSocket): void {
    // `ping` is answered by the runtime without waking the object; nothing else is ever said.
    socket.close(CLOSE.notUnderstood, 'send ping and nothing else');
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close(CLOSE.wentAway);
    this.#seats.tellPresence(socket);
  }

  override webSocketError(socket: WebSocket): void {
    this.#seats.tellPresence(socket);
  }

  #tell(conversation: ConversationSummary, messages: Message[]): void {
    const change = { seq: this.#seats.nextSeq(), conversation, messages };
    this.#changes.push(change);
    if (this.#changes.length > FRAMES_KEPT) this.#floor = this.#changes.shift()?.seq ?? this.#seats.seq;
    const frames = new Map<string, string>();
    this.#seats.send(({ staff }) => {
      const made = frames.get(staff.id);
      if (made !== undefined) return made;
      const counts = this.#store.counts(staff.id);
      const frame = JSON.stringify({ type: 'conversation', ...change, counts } satisfies InboxFrame);
      frames.set(staff.id, frame);
      return frame;
    });
  }

  /** They take no `seq`: staff, who are not told, would believe to have missed something. */
  #tellAlarms(): void {
    const [seq, alarms] = [this.#seats.seq, this.#alarms.list()];
    const frame = JSON.stringify({ type: 'alarms', seq, alarms } satisfies InboxFrame);
    this.#seats.send(({ isManager }) => (isManager ? frame : null));
  }

  /** An entry takes no `seq`: who does not see the activity would believe to have missed something. */
  #tellTaken({ activities, callBacks }: TakenIn): void {
    for (const callBack of callBacks) {
      const [seq, open] = [this.#seats.nextSeq(), this.#callBacks.openCount()];
      const frame = JSON.stringify({ type: 'call-backs', seq, open, callBack } satisfies InboxFrame);
      this.#seats.send(() => frame);
    }
    for (const { activity, failure } of activities) {
      this.#seats.send(({ activity: sight }) => {
        if (!sight) return null;
        const entry = entryOf(activity, failure, sight);
        return JSON.stringify({ type: 'activity', seq: this.#seats.seq, entry } satisfies InboxFrame);
      });
    }
  }

  /** After a rebuild everybody starts from a new snapshot. */
  #forgetChanges(): void {
    this.#changes = [];
    this.#floor = this.#seats.nextSeq();
  }
}
