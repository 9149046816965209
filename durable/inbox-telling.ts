import { entryOf } from '../src/domain/activity/activity-entry.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Mention } from '../src/domain/conversation/mentions.ts';
import type { Message } from '../src/domain/conversation/message.ts';
import type { InboxFrame } from '../src/domain/inbox/inbox-frame.ts';
import type { TakenIn } from './activity-intake.ts';
import type { AlarmStore } from './alarm-store.ts';
import type { CallBackStore } from './call-back-store.ts';
import type { Escalated } from './escalations.ts';
import type { InboxStore } from './inbox-store.ts';
import type { MentionStore } from './mention-store.ts';
import type { Presence } from './presence.ts';
import type { Seat, Seats } from './seats.ts';

/** Frames that a client which was away for a moment can still have; further back it gets a new snapshot. */
const FRAMES_KEPT = 200;

interface Change {
  seq: number;
  conversation: ConversationSummary;
  messages: Message[];
}

interface Parts {
  seats: Seats;
  presence: Presence;
  store: InboxStore;
  callBacks: CallBackStore;
  mentions: MentionStore;
  alarms: AlarmStore;
}

/** What the staff's sockets are told of what the inbox stores, and what one is told that has just opened. */
export class InboxTelling {
  readonly #seats: Seats;
  readonly #store: InboxStore;
  readonly #callBacks: CallBackStore;
  readonly #mentions: MentionStore;
  readonly #presence: Presence;
  readonly #alarms: AlarmStore;
  #changes: Change[] = [];
  /** `since` from here on can be honoured from `#changes`. */
  #floor: number;

  constructor({ seats, presence, store, callBacks, mentions, alarms }: Parts) {
    this.#seats = seats;
    this.#presence = presence;
    this.#store = store;
    this.#callBacks = callBacks;
    this.#mentions = mentions;
    this.#alarms = alarms;
    this.#floor = seats.seq;
  }

  welcome({ staff, isManager }: Seat, since: string | null): InboxFrame[] {
    const alarms = isManager ? { alarms: this.#alarms.list() } : {};
    const [counts, seq] = [this.#store.pages.counts(staff.id), this.#seats.seq];
    const told = { present: this.#presence.now(), mentions: this.mentionsOf(staff.id), ...alarms };
    const callBacks = this.#callBacks.openCount();
    const from = since === null ? Number.NaN : Number(since);
    if (from >= this.#floor && from <= seq) {
      const missed = this.#changes.filter((change) => change.seq > from);
      const frames = missed.map((change) => ({ type: 'conversation', ...change, counts }) as const);
      return [...frames, { type: 'resumed', seq, counts, callBacks, ...told }];
    }
    const page = this.#store.pages.page('open', staff.id, null);
    return [{ type: 'snapshot', seq, view: 'open', ...page, counts, callBacks, ...told }];
  }

  conversation(conversation: ConversationSummary, messages: Message[]): void {
    const change = { seq: this.#seats.nextSeq(), conversation, messages };
    this.#changes.push(change);
    if (this.#changes.length > FRAMES_KEPT) this.#floor = this.#changes.shift()?.seq ?? this.#seats.seq;
    const frames = new Map<string, string>();
    this.#seats.send(({ staff }) => {
      const made = frames.get(staff.id);
      if (made !== undefined) return made;
      const counts = this.#store.pages.counts(staff.id);
      const frame = JSON.stringify({ type: 'conversation', ...change, counts } satisfies InboxFrame);
      frames.set(staff.id, frame);
      return frame;
    });
  }

  /** What a member of staff has not looked at yet; of conversations that are there. */
  mentionsOf(staffId: string): Mention[] {
    return this.#mentions.unseen(staffId).flatMap((mention) => {
      const summary = this.#store.summary(mention.conversation);
      return summary === null ? [] : { ...mention, caller: summary.caller };
    });
  }

  /** Of notes that have just been taken in. */
  mentioned(staffId: string, mention: Mention): void {
    this.#tellPerson(staffId, { type: 'mentioned', seq: this.#seats.seq, ...mention });
  }

  mentionsSeen(staffId: string, conversation: string): void {
    this.#tellPerson(staffId, { type: 'mentions-seen', seq: this.#seats.seq, conversation });
  }

  #tellPerson(staffId: string, told: InboxFrame): void {
    const frame = JSON.stringify(told);
    this.#seats.send(({ staff }) => (staff.id === staffId ? frame : null));
  }

  /** They take no `seq`: staff, who are not told, would believe to have missed something. */
  alarms(): void {
    const [seq, alarms] = [this.#seats.seq, this.#alarms.list()];
    const frame = JSON.stringify({ type: 'alarms', seq, alarms } satisfies InboxFrame);
    this.#seats.send(({ isManager }) => (isManager ? frame : null));
  }

  /** No `seq` either: what is missed shows all the same, since every page counts by itself. */
  escalated({ conversation, level }: Escalated): void {
    const seq = this.#seats.seq;
    const frame = JSON.stringify({ type: 'escalated', seq, conversation, level } satisfies InboxFrame);
    this.#seats.send(({ isManager }) => (level === 'everyone' || isManager ? frame : null));
  }

  waitingRules(): void {
    const frame = JSON.stringify({ type: 'waiting-rules', seq: this.#seats.seq } satisfies InboxFrame);
    this.#seats.send(() => frame);
  }

  /** An entry takes no `seq`: who does not see the activity would believe to have missed something. */
  taken({ activities, callBacks }: TakenIn): void {
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
  startAnew(): void {
    this.#changes = [];
    this.#floor = this.#seats.nextSeq();
  }
}
