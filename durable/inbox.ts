import { DurableObject } from 'cloudflare:workers';
import type { ConversationSummary } from '../src/domain/conversation-summary.ts';
import type { InboxFrame } from '../src/domain/inbox-frame.ts';
import type { InboxView, PageCursor } from '../src/domain/inbox-view.ts';
import type { Message, StaffRef } from '../src/domain/message.ts';
import type { Env } from '../src/env.ts';
import { InboxStore, type Page } from './inbox-store.ts';

/** Frames that a client which was away for a moment can still have; further back it gets a new snapshot. */
const FRAMES_KEPT = 200;

/** Conversations asked for at once while the inbox is rebuilt. */
const REBUILD_BATCH = 20;
const REBUILD_RETRY_MS = 5_000;

/** Why a socket was closed; see ui/inbox/socket.ts for what the page does about each. */
const CLOSE = { wentAway: 1001, notUnderstood: 1008, askAgain: 4408 } as const;

/** Who is at the other end of a socket. It outlives the object's memory with the socket itself. */
interface Seat {
  staff: StaffRef;
  /** From then on the socket gets nothing more: connecting again checks the session again. */
  validUntil: number;
}

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
  /** Starts at the clock, so that it never runs back over a restart and costs no row. */
  #seq: number;
  #changes: Change[] = [];
  /** `since` from here on can be honoured from `#changes`. */
  #floor: number;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new InboxStore(ctx.storage);
    const lastHeartbeat = ctx.getWebSocketAutoResponse()?.response;
    // After hibernation the sockets are still here, and the heartbeat remembers what they were told.
    this.#seq = lastHeartbeat ? (JSON.parse(lastHeartbeat) as { seq: number }).seq : Date.now() * 1000;
    this.#floor = this.#seq;
    if (!lastHeartbeat) this.#keepHeartbeat();
  }

  // --- from conversations ------------------------------------------------------------------------

  /** See `InboxStore.apply`. `messages` are those that are new or changed; they are shown, not stored. */
  apply(summary: ConversationSummary, messages: Message[]): { indexedSeq: number } {
    const { isNewer, indexedSeq } = this.#store.apply(summary, messages);
    if (isNewer || messages.length > 0) this.#tell(summary, messages);
    return { indexedSeq };
  }

  // --- from routes -------------------------------------------------------------------------------

  page(view: InboxView, staffId: string, after: PageCursor | null): Page {
    return this.#store.page(view, staffId, after);
  }

  search(query: string, view: InboxView | null, staffId: string, skip: number): Page {
    return this.#store.search(query, view, staffId, skip);
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
        await Promise.all(ids.map((id) => this.#fetchAgain(id)));
      }
      await this.ctx.storage.deleteAlarm();
      this.#forgetChanges();
    } catch (error) {
      console.error('rebuilding the inbox', { error: String(error) });
    }
  }

  async #fetchAgain(id: string): Promise<void> {
    const conversation = this.env.CONVERSATION.get(this.env.CONVERSATION.idFromString(id));
    let fromSeq = 1;
    for (;;) {
      const published = await conversation.published(fromSeq);
      if (!published) throw new Error('a conversation that the inbox knows is empty');
      const { indexedSeq } = this.#store.apply(published.summary, published.messages);
      if (indexedSeq >= published.summary.lastSeq) return;
      fromSeq = indexedSeq + 1;
    }
  }

  // --- sockets -----------------------------------------------------------------------------------

  /** The route made this request: who asks was read from the session, never from the client. */
  override async fetch(request: Request): Promise<Response> {
    const asked = new URL(request.url).searchParams;
    const staff = { id: asked.get('staff') ?? '', name: asked.get('name') ?? '' };
    const seat: Seat = { staff, validUntil: Number(asked.get('validUntil')) };
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.serializeAttachment(seat);
    for (const frame of this.#welcome(staff, asked.get('since'))) server.send(JSON.stringify(frame));
    this.#tellPresence(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  #welcome(staff: StaffRef, since: string | null): InboxFrame[] {
    const [counts, present, seq] = [this.#store.counts(staff.id), this.#present(), this.#seq];
    const from = since === null ? Number.NaN : Number(since);
    if (from >= this.#floor && from <= seq) {
      const missed = this.#changes.filter((change) => change.seq > from);
      const frames = missed.map((change) => ({ type: 'conversation', ...change, counts }) as const);
      return [...frames, { type: 'resumed', seq, counts, present }];
    }
    return [
      { type: 'snapshot', seq, view: 'open', ...this.#store.page('open', staff.id, null), counts, present },
    ];
  }

  override webSocketMessage(socket: WebSocket): void {
    // `ping` is answered by the runtime without waking the object; nothing else is ever said.
    socket.close(CLOSE.notUnderstood, 'send ping and nothing else');
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close(CLOSE.wentAway);
    this.#tellPresence(socket);
  }

  override webSocketError(socket: WebSocket): void {
    this.#tellPresence(socket);
  }

  #tell(conversation: ConversationSummary, messages: Message[]): void {
    const change = { seq: this.#nextSeq(), conversation, messages };
    this.#changes.push(change);
    if (this.#changes.length > FRAMES_KEPT) this.#floor = this.#changes.shift()?.seq ?? this.#seq;
    const frames = new Map<string, string>();
    this.#send(({ staff }) => {
      const made = frames.get(staff.id);
      if (made !== undefined) return made;
      const counts = this.#store.counts(staff.id);
      const frame = JSON.stringify({ type: 'conversation', ...change, counts } satisfies InboxFrame);
      frames.set(staff.id, frame);
      return frame;
    });
  }

  /** Only where the set of people changed, not the number of their windows. */
  #tellPresence(changed: WebSocket): void {
    const { staff } = seatOf(changed);
    const others = this.ctx.getWebSockets().filter((socket) => socket !== changed);
    if (others.some((socket) => isOpen(socket) && seatOf(socket).staff.id === staff.id)) return;
    const frame = JSON.stringify({
      type: 'presence',
      seq: this.#nextSeq(),
      present: this.#present(),
    } satisfies InboxFrame);
    this.#send((_, socket) => (socket === changed ? null : frame));
  }

  #present(): StaffRef[] {
    const present = new Map<string, StaffRef>();
    for (const socket of this.ctx.getWebSockets()) {
      const { staff } = seatOf(socket);
      if (isOpen(socket)) present.set(staff.id, staff);
    }
    return [...present.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  #send(frameFor: (seat: Seat, socket: WebSocket) => string | null): void {
    const now = Date.now();
    for (const socket of this.ctx.getWebSockets()) {
      if (!isOpen(socket)) continue;
      const seat = seatOf(socket);
      if (seat.validUntil <= now) socket.close(CLOSE.askAgain, 'connect again');
      else {
        const frame = frameFor(seat, socket);
        if (frame !== null) socket.send(frame);
      }
    }
  }

  #nextSeq(): number {
    this.#seq += 1;
    this.#keepHeartbeat();
    return this.#seq;
  }

  /** The answer to `ping` carries the newest `seq`, so that a client notices what it was not told. */
  #keepHeartbeat(): void {
    const heartbeat = JSON.stringify({ type: 'heartbeat', seq: this.#seq } satisfies InboxFrame);
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', heartbeat));
  }

  /** After a rebuild everybody starts from a new snapshot. */
  #forgetChanges(): void {
    this.#changes = [];
    this.#floor = this.#nextSeq();
  }
}

function seatOf(socket: WebSocket): Seat {
  return socket.deserializeAttachment() as Seat;
}

function isOpen(socket: WebSocket): boolean {
  return socket.readyState === WebSocket.OPEN;
}
