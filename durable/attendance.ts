import type { Env } from '../src/env.ts';
import { AwayStore } from './away-store.ts';
import type { InboxStore } from './inbox-store.ts';
import type { Job } from './inbox-wake-ups.ts';
import { Presence } from './presence.ts';
import { returnToQueueJob } from './return-to-queue.ts';
import { CLOSE, type Seat, type Seats, seatOf } from './seats.ts';
import { Unattended } from './unattended.ts';

/** Who comes and goes: those who are here are told, and what is left behind by who went is seen to. */
export class Attendance {
  readonly presence: Presence;
  /** Gives back what somebody left behind. */
  readonly job: Job;
  readonly #seats: Seats;
  readonly #away: AwayStore;

  /** `returns`: whether what somebody left behind is given back at all. */
  constructor(sql: SqlStorage, env: Env, store: InboxStore, seats: Seats, returns: () => boolean) {
    this.presence = new Presence(seats);
    this.#seats = seats;
    this.#away = new AwayStore(sql);
    const unattended = new Unattended(sql);
    this.job = returnToQueueJob({ env, store, seats, away: this.#away, unattended, returns });
  }

  /** Each of these answers when the job is due now; null: nothing is. */
  came(socket: WebSocket, { staff }: Seat): number | null {
    this.#away.came(staff);
    this.presence.changed(socket);
    return this.job.dueAt();
  }

  left(socket: WebSocket): number | null {
    socket.close(CLOSE.wentAway);
    const { staff } = seatOf(socket);
    if (!this.#seats.isHere(staff.id)) this.#away.went(staff.id, Date.now());
    this.presence.changed();
    return this.job.dueAt();
  }

  /** Of an object that crashed or was deployed anew, nobody was told that their sockets closed. */
  noticeLost(): number | null {
    const lost = this.#away.here().filter((id) => !this.#seats.isHere(id));
    for (const id of lost) this.#away.went(id, Date.now());
    return lost.length === 0 ? null : this.job.dueAt();
  }
}
