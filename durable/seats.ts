import type { Sight } from '../src/domain/activity/activity-entry.ts';
import type { StaffRef } from '../src/domain/conversation/message.ts';
import type { InboxFrame } from '../src/domain/inbox/inbox-frame.ts';
import type { Here } from '../src/domain/inbox/presence.ts';

/** Why a socket was closed; see ui/inbox/socket.ts for what the page does about each. */
export const CLOSE = { wentAway: 1001, notUnderstood: 1008, accessChanged: 4403, askAgain: 4408 } as const;

/** Who is at the other end of a socket. It outlives the object's memory with the socket itself. */
export interface Seat {
  staff: StaffRef;
  /** Managers and admins hear of alarms. */
  isManager: boolean;
  /** From then on the socket gets nothing more: connecting again checks the session again. */
  validUntil: number;
  /** How its page may see the activity; null where it does not show it. */
  activity: Sight | null;
  since: number;
  /** What its page has on screen, and when it said so. */
  here: Here & { at: number };
  /** How often it has said something lately. */
  sayings: { since: number; count: number };
}

/** The sockets of a practice's staff, and the number of the newest frame. */
export class Seats {
  readonly #ctx: DurableObjectState;
  /** Starts at the clock, so that it never runs back over a restart and costs no row. */
  #seq: number;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    const lastHeartbeat = ctx.getWebSocketAutoResponse()?.response;
    // After hibernation the sockets are still here, and the heartbeat remembers what they were told.
    this.#seq = lastHeartbeat ? (JSON.parse(lastHeartbeat) as { seq: number }).seq : Date.now() * 1000;
    if (!lastHeartbeat) this.#keepHeartbeat();
  }

  get seq(): number {
    return this.#seq;
  }

  nextSeq(): number {
    this.#seq += 1;
    this.#keepHeartbeat();
    return this.#seq;
  }

  take(socket: WebSocket, seat: Seat): void {
    this.#ctx.acceptWebSocket(socket);
    socket.serializeAttachment(seat);
  }

  send(frameFor: (seat: Seat, socket: WebSocket) => string | null): void {
    const now = Date.now();
    for (const socket of this.#ctx.getWebSockets()) {
      if (!isOpen(socket)) continue;
      const seat = seatOf(socket);
      if (seat.validUntil <= now) socket.close(CLOSE.askAgain, 'connect again');
      else {
        const frame = frameFor(seat, socket);
        if (frame !== null) socket.send(frame);
      }
    }
  }

  /** Whoever may go on asks who they are now, and connects again. */
  turnOut(staffId: string): void {
    for (const socket of this.#ctx.getWebSockets()) {
      if (isOpen(socket) && seatOf(socket).staff.id === staffId)
        socket.close(CLOSE.accessChanged, 'what you may do has changed');
    }
  }

  /** Those at the other end of all open sockets. */
  seated(): Seat[] {
    return this.#ctx.getWebSockets().filter(isOpen).map(seatOf);
  }

  /** Of the person, whether any of their windows is open. */
  isHere(staffId: string): boolean {
    return this.seated().some(({ staff }) => staff.id === staffId);
  }

  /** As `isHere`, and the window is in sight. */
  isLooking(staffId: string): boolean {
    return this.seated().some(({ staff, here }) => staff.id === staffId && !here.isHidden);
  }

  /** Since when somebody is here; null while nobody is. */
  since(): number | null {
    const all = this.seated().map(({ since }) => since);
    return all.length === 0 ? null : Math.min(...all);
  }

  keep(socket: WebSocket, seat: Seat): void {
    socket.serializeAttachment(seat);
  }

  /** The answer to `ping` carries the newest `seq`, so that a client notices what it was not told. */
  #keepHeartbeat(): void {
    const heartbeat = JSON.stringify({ type: 'heartbeat', seq: this.#seq } satisfies InboxFrame);
    this.#ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', heartbeat));
  }
}

export function seatOf(socket: WebSocket): Seat {
  return socket.deserializeAttachment() as Seat;
}

export function isOpen(socket: WebSocket): boolean {
  return socket.readyState === WebSocket.OPEN;
}

/** What the route says of whoever asks. */
export function seatFor(asked: URLSearchParams, now: number): Seat {
  const staff = { id: asked.get('staff') ?? '', name: asked.get('name') ?? '' };
  const activity = ({ whole: 'whole', masked: 'masked' } as const)[asked.get('activity') ?? ''] ?? null;
  const isManager = asked.get('role') === 'manager' || asked.get('role') === 'admin';
  return {
    staff,
    isManager,
    validUntil: Number(asked.get('validUntil')),
    activity,
    since: now,
    // Out of sight until it says otherwise.
    here: { conversation: null, isTyping: false, isHidden: true, at: now },
    sayings: { since: now, count: 0 },
  };
}
