import { DurableObject } from 'cloudflare:workers';
import type { Activity } from '../src/domain/activity/activity.ts';
import type { ActivityPage, BeyondText } from '../src/domain/activity/activity-entry.ts';
import type { CallBackCursor, CallBackState } from '../src/domain/calls/call-back.ts';
import { type CallBackChange, reasonOfFailure } from '../src/domain/calls/call-back-rules.ts';
import type { CarrierName } from '../src/domain/calls/firing.ts';
import type { InboxContext } from '../src/domain/conversation/conversation-context.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Mention } from '../src/domain/conversation/mentions.ts';
import type { Message, StaffRef } from '../src/domain/conversation/message.ts';
import type { PracticeAlarm, Trouble } from '../src/domain/inbox/practice-alarm.ts';
import type { WaitingRules } from '../src/domain/waiting/waiting-rules.ts';
import type { Env } from '../src/env.ts';
import { ActivityIntake } from './activity-intake.ts';
import { type ActivityQuery, ActivityStore, type FoundActivity } from './activity-store.ts';
import { AlarmStore } from './alarm-store.ts';
import { Attendance } from './attendance.ts';
import { type CallBackPage, CallBackStore } from './call-back-store.ts';
import type { CallerHere } from './caller-index.ts';
import { type CallBackResult, changeCallBack } from './change-call-back.ts';
import { Escalations } from './escalations.ts';
import type { Past } from './forgotten-store.ts';
import { inboxContext } from './inbox-context.ts';
import type { InboxPages, Page } from './inbox-pages.ts';
import { rebuildJob } from './inbox-rebuild.ts';
import { type FoundPage, InboxSearch } from './inbox-search.ts';
import { InboxStore } from './inbox-store.ts';
import { InboxTelling } from './inbox-telling.ts';
import { WakeUps } from './inbox-wake-ups.ts';
import { MentionStore } from './mention-store.ts';
import { PushStore, type Subscription, type Wish } from './push-store.ts';
import { PushTelling } from './push-telling.ts';
import { Seats, seatFor, seatOf } from './seats.ts';
import { StrangerStore, type StrangersOfDay } from './stranger-store.ts';

/**
 * A practice's inbox: the summaries of its conversations and the sockets of its staff. Applying a summary and
 * telling the sockets happen in one turn, so that nobody is told what is not stored.
 */
export class Inbox extends DurableObject<Env> {
  readonly #store: InboxStore;
  readonly #search: InboxSearch;
  readonly #activities: ActivityStore;
  readonly #callBacks: CallBackStore;
  readonly #strangers: StrangerStore;
  readonly #alarms: AlarmStore;
  readonly #intake: ActivityIntake;
  readonly #seats: Seats;
  readonly #mentions: MentionStore;
  readonly #attendance: Attendance;
  readonly #telling: InboxTelling;
  readonly #pushes: PushStore;
  readonly #push: PushTelling;
  readonly #escalations: Escalations;
  readonly #wakeUps: WakeUps;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    // First, because it sees to the tables.
    this.#store = new InboxStore(ctx.storage);
    this.#search = new InboxSearch(ctx.storage.sql, this.#store);
    this.#activities = new ActivityStore(ctx.storage.sql, ctx.storage.kv);
    this.#callBacks = new CallBackStore(ctx.storage.sql);
    this.#strangers = new StrangerStore(ctx.storage.sql);
    this.#alarms = new AlarmStore(ctx.storage.sql);
    this.#intake = new ActivityIntake(this.#activities, this.#callBacks);
    this.#seats = new Seats(ctx);
    this.#mentions = new MentionStore(ctx.storage.sql);
    const returns = () => this.#escalations.returnsToQueue();
    this.#attendance = new Attendance(ctx.storage.sql, env, this.#store, this.#seats, returns);
    const told = { callBacks: this.#callBacks, mentions: this.#mentions, alarms: this.#alarms };
    const { presence } = this.#attendance;
    this.#telling = new InboxTelling({ seats: this.#seats, presence, store: this.#store, ...told });
    const rebuild = rebuildJob(env, this.#store, () => this.#telling.startAnew());
    this.#pushes = new PushStore(ctx.storage.sql);
    this.#push = new PushTelling(env, this.#pushes, {
      isAround: (staffId) => this.#seats.isLooking(staffId),
      practiceHours: () => this.#escalations.practiceHours(),
      conversation: (id) => this.#store.summary(id),
    });
    this.#escalations = new Escalations(ctx.storage, (escalated) => {
      const { conversation, level } = escalated;
      this.#telling.escalated(escalated);
      // The turn that this is in ends with the time of whatever is due next.
      this.#push.happened(conversation, { is: 'escalated', level }, Date.now());
    });
    const jobs = [this.#attendance.job, this.#escalations, this.#push.job, rebuild];
    this.#wakeUps = new WakeUps(ctx.storage, jobs);
    this.#wakeFor(this.#attendance.noticeLost());
  }

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
    const { isNewer, indexedSeq, isUnattended, taken, mentioned } = this.ctx.storage.transactionSync(() => {
      const applied = this.#store.apply(summary, messages, (id) => this.#seats.isHere(id));
      const taken = this.#intake.published({ ...applied, summary, messages, activities, problemBefore });
      return { ...applied, taken, mentioned: this.#mentions.record(id, messages, Date.now()) };
    });
    if (isNewer || messages.length > 0) this.#telling.conversation(summary, messages);
    this.#telling.taken(taken);
    this.#wakeFor(this.#push.changed(summary, messages, Date.now()));
    for (const { staffId, mention } of mentioned) {
      this.#telling.mentioned(staffId, { ...mention, caller: summary.caller });
      const happening = { is: 'mentioned', byId: mention.by.id } as const;
      this.#wakeFor(this.#push.happened(id, happening, Date.now(), staffId));
    }
    const learnt = { summary, messages, carrier, isNewer, hadProblem };
    if (this.#alarms.learn(learnt, Date.now())) this.#telling.alarms();
    if (isNewer) this.#wakeFor(this.#escalations.learn(summary));
    if (isUnattended) this.#wakeFor(this.#attendance.job.dueAt());
    return { indexedSeq };
  }

  /** For what fired and is no conversation's to publish. The same entry again changes nothing. */
  recordActivity(activity: Activity): void {
    this.#telling.taken(this.ctx.storage.transactionSync(() => this.#intake.record(activity)));
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

  /** What else there is with the caller of a conversation. */
  contextOf(conversationId: string, number: string): InboxContext {
    const stores = { store: this.#store, activities: this.#activities, callBacks: this.#callBacks };
    return inboxContext(stores, conversationId, number);
  }

  callBackPage(state: CallBackState, after: CallBackCursor | null): CallBackPage {
    return this.#callBacks.page(state, after);
  }

  changeCallBack(id: string, change: CallBackChange, staff: StaffRef): CallBackResult {
    const result = this.ctx.storage.transactionSync(() =>
      changeCallBack(this.#callBacks, id, change, staff, Date.now()),
    );
    if (result.outcome === 'changed') this.#telling.taken({ activities: [], callBacks: [result.callBack] });
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
    if (this.#alarms.raise(trouble, Date.now())) this.#telling.alarms();
  }

  /** One that is gone already leaves those that came after it alone. */
  dismissAlarm(id: string): void {
    if (this.#alarms.dismiss(id)) this.#telling.alarms();
  }

  /** By which hours and limits waiting is counted from now on; the same again change nothing. */
  keepWaitingRules(rules: WaitingRules): void {
    if (!this.#escalations.keepRules(rules)) return;
    for (const job of [this.#escalations, this.#attendance.job]) this.#wakeFor(job.dueAt());
    this.#telling.waitingRules();
  }

  mentions(staffId: string): Mention[] {
    return this.#telling.mentionsOf(staffId);
  }

  seeMentions(staffId: string, conversation: string): void {
    if (this.#mentions.see(staffId, conversation)) this.#telling.mentionsSeen(staffId, conversation);
  }

  /** What somebody may do has changed: their sockets close at once, and a page that may go on asks to be told anew. */
  recheck(staffId: string, isManager: boolean | null = null): void {
    this.#seats.turnOut(staffId);
    this.#pushes.recheck(staffId, isManager);
  }

  /** Somebody wants to be told while away, through one more browser. */
  subscribe(one: Subscription): void {
    this.#pushes.keep(one, Date.now());
  }

  unsubscribe(staffId: string, session: string): void {
    this.#pushes.dropOf(staffId, session);
  }

  /** When this person is told has changed. */
  tellWhen(wish: Pick<Wish, 'staffId' | 'quiet' | 'passesUrgent'>): void {
    this.#pushes.change(wish);
  }

  page(...asked: Parameters<InboxPages['page']>): Page {
    return this.#store.pages.page(...asked);
  }

  search(...asked: Parameters<InboxSearch['find']>): FoundPage {
    return this.#search.find(...asked);
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
    this.#mentions.forget(gone);
    this.#telling.startAnew();
  }

  /** Activity is kept for so long from now on; answers whether there is more to forget at once. */
  keepActivity(days: number): { isMore: boolean } {
    return this.#activities.keep(days, Date.now());
  }

  /** Forgets what it projects and fetches it again from the conversations, in the background. */
  rebuild(): void {
    this.#store.wipe();
    this.#wakeUps.wakeBy(Date.now());
  }

  #wakeFor(at: number | null): void {
    if (at !== null) this.#wakeUps.wakeBy(at);
  }

  override alarm(): Promise<void> {
    return this.#wakeUps.ring();
  }

  /** The route made this request: who asks was read from the session, never from the client. */
  override async fetch(request: Request): Promise<Response> {
    const asked = new URL(request.url).searchParams;
    const seat = seatFor(asked, Date.now());
    const { 0: client, 1: server } = new WebSocketPair();
    this.#seats.take(server, seat);
    for (const frame of this.#telling.welcome(seat, asked.get('since'))) server.send(JSON.stringify(frame));
    this.#wakeFor(this.#attendance.came(server, seat));
    return new Response(null, { status: 101, webSocket: client });
  }

  /** `ping` is answered by the runtime without waking the object. */
  override webSocketMessage(socket: WebSocket, said: string | ArrayBuffer): void {
    this.#attendance.presence.hear(socket, said);
    const { staff, here } = seatOf(socket);
    if (!here.isHidden) this.#pushes.seenBy(staff.id);
  }

  override webSocketClose(socket: WebSocket): void {
    this.#wakeFor(this.#attendance.left(socket));
  }

  override webSocketError(socket: WebSocket): void {
    this.#wakeFor(this.#attendance.left(socket));
  }
}
