import type { InboxFrame } from '../src/domain/inbox/inbox-frame.ts';
import { type Present, presentIn, readHere, SAYINGS, TYPING_MS } from '../src/domain/inbox/presence.ts';
import { CLOSE, type Seat, type Seats, seatOf } from './seats.ts';

/** Frames about who is where are not sent more often than this. */
const GAP_MS = 250;

/** Who goes on writing is told of again before they are taken to have stopped. */
const RENEWAL_MS = TYPING_MS / 3;

/**
 * Who is here, where, and who is writing. It is kept by the sockets and nowhere else: nothing is written for it, and
 * it outlives the object's memory.
 */
export class Presence {
  readonly #seats: Seats;
  /** What all were told last, and when. */
  #told = '';
  #toldAt = 0;
  #timer: number | null = null;

  constructor(seats: Seats) {
    this.#seats = seats;
  }

  now(): Present[] {
    const windows = this.#seats.seated().map(({ staff, here }) => ({ staff, ...here }));
    return presentIn(windows, Date.now());
  }

  /** What a window says; one that says anything else, or too much, is closed. */
  hear(socket: WebSocket, said: unknown): void {
    const [now, seat] = [Date.now(), seatOf(socket)];
    const here = readHere(said);
    if (here === null) {
      socket.close(CLOSE.notUnderstood, 'send ping, or where you are');
      return;
    }
    const sayings = nextSaying(seat, now);
    if (sayings.count > SAYINGS.most) {
      socket.close(CLOSE.notUnderstood, 'say where you are a few times a second at most');
      this.changed();
      return;
    }
    this.#seats.keep(socket, { ...seat, here: { ...here, at: now }, sayings });
    this.changed();
  }

  /**
   * Tells everybody, if anything is not as they were told: the number of somebody's windows is not. The frame takes
   * no number of its own: `newcomer` was told by the snapshot, and would believe to have missed something.
   */
  changed(newcomer: WebSocket | null = null): void {
    if (this.#timer !== null) return;
    const waitMs = this.#toldAt + GAP_MS - Date.now();
    if (waitMs <= 0) this.#tell(newcomer);
    else
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#tell(null);
      }, waitMs);
  }

  #tell(newcomer: WebSocket | null): void {
    const now = Date.now();
    const present = this.now();
    const text = JSON.stringify(present);
    const isRenewed = present.some(({ isTyping }) => isTyping) && now - this.#toldAt >= RENEWAL_MS;
    if (text === this.#told && !isRenewed) return;
    [this.#told, this.#toldAt] = [text, now];
    const frame = JSON.stringify({ type: 'presence', seq: this.#seats.seq, present } satisfies InboxFrame);
    this.#seats.send((_, socket) => (socket === newcomer ? null : frame));
  }
}

function nextSaying({ sayings: { since, count } }: Seat, now: number): Seat['sayings'] {
  return now - since < SAYINGS.withinMs ? { since, count: count + 1 } : { since: now, count: 1 };
}
