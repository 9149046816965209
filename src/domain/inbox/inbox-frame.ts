import type { ActivityEntry } from '../activity/activity-entry.ts';
import type { CallBack } from '../calls/call-back.ts';
import type { ConversationSummary } from '../conversation/conversation-summary.ts';
import type { Mention } from '../conversation/mentions.ts';
import type { Message } from '../conversation/message.ts';
import type { EscalationLevel } from '../waiting/waiting-clock.ts';
import type { InboxCounts, InboxView } from './inbox-view.ts';
import type { PracticeAlarm } from './practice-alarm.ts';
import type { Present } from './presence.ts';

/**
 * What a staff member's socket receives. `seq` never runs back, not even when the object restarts, but it
 * may jump: a client compares what it has seen with the next `seq` in a heartbeat, and reconnects with
 * `?since=` when they differ. It may send `ping`, and `{"type":"here","conversation":id or null,"isTyping":true or
 * false}` a few times a second at most: what it has on screen, and whether a reply is being written there; with
 * `"isHidden":true` where nobody can see it.
 */
export type InboxFrame =
  | {
      type: 'snapshot';
      seq: number;
      view: InboxView;
      conversations: ConversationSummary[];
      nextCursor: string | null;
      counts: InboxCounts;
      /** Open ones. */
      callBacks: number;
      present: Present[];
      /** Of the person whose socket it is. */
      mentions: Mention[];
      /** Only for managers and admins. */
      alarms?: PracticeAlarm[];
    }
  /** Instead of a snapshot where `since` could be honoured; the frames that were missed come before it. */
  | {
      type: 'resumed';
      seq: number;
      counts: InboxCounts;
      callBacks: number;
      present: Present[];
      mentions: Mention[];
      alarms?: PracticeAlarm[];
    }
  /** `messages` are those that are new or changed; merge by id. */
  | {
      type: 'conversation';
      seq: number;
      conversation: ConversationSummary;
      messages: Message[];
      counts: InboxCounts;
    }
  /** One that was opened, changed or closed. Not repeated after a gap: `resumed` has the count. */
  | { type: 'call-backs'; seq: number; open: number; callBack: CallBack }
  /** Only where the socket was opened with `?activity=1`. It has the `seq` of the frame before it. */
  | { type: 'activity'; seq: number; entry: ActivityEntry }
  /** Not repeated: `isTyping` holds for `TYPING_MS`. It has the `seq` of the frame before it. */
  | { type: 'presence'; seq: number; present: Present[] }
  /** Somebody named you in a note. Only to who was named; it has the `seq` of the frame before it. */
  | ({ type: 'mentioned'; seq: number } & Mention)
  /** You have looked at them, in another window perhaps; it has the `seq` of the frame before it. */
  | { type: 'mentions-seen'; seq: number; conversation: string }
  /** All that there are now; only to managers and admins. It has the `seq` of the frame before it. */
  | { type: 'alarms'; seq: number; alarms: PracticeAlarm[] }
  /** Somebody has waited for too long: to all, or only to managers and admins. It has the `seq` of the frame before it. */
  | { type: 'escalated'; seq: number; conversation: string; level: EscalationLevel }
  /** By other hours or limits than before is waiting counted: ask for the clock anew. It has the `seq` of the frame before it. */
  | { type: 'waiting-rules'; seq: number }
  | { type: 'heartbeat'; seq: number };
