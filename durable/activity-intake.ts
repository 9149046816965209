import { type Activity, activityId } from '../src/domain/activity/activity.ts';
import type { CallBack } from '../src/domain/calls/call-back.ts';
import {
  calledAgain,
  isAnotherCall,
  openedCallBack,
  reasonOfFailure,
  textedMeanwhile,
  unreachedIn,
} from '../src/domain/calls/call-back-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import { needsAttention } from '../src/domain/conversation/delivery-status.ts';
import type { FailureReason } from '../src/domain/conversation/failure-reason.ts';
import type { Message } from '../src/domain/conversation/message.ts';
import type { ActivityStore, FoundActivity } from './activity-store.ts';
import type { CallBackStore } from './call-back-store.ts';

/** What became of it: what sockets have to be told. */
export interface TakenIn {
  activities: FoundActivity[];
  callBacks: CallBack[];
}

export interface Published {
  summary: ConversationSummary;
  messages: readonly Message[];
  activities: readonly Activity[];
  /** The summary tells something that the inbox did not know. */
  isNewer: boolean;
  /** As the inbox knew it before. */
  problemBefore: FailureReason | null;
}

/**
 * Takes in what fired, and derives from it who has to be called back. Whatever comes twice is taken in once:
 * an entry counts when it is new, a failure when the inbox had not heard of it.
 */
export class ActivityIntake {
  readonly #activities: ActivityStore;
  readonly #callBacks: CallBackStore;

  constructor(activities: ActivityStore, callBacks: CallBackStore) {
    this.#activities = activities;
    this.#callBacks = callBacks;
  }

  record(activity: Activity): TakenIn {
    const { isChanged, before } = this.#activities.record(activity);
    if (!isChanged) return { activities: [], callBacks: [] };
    const failure = before === null ? null : (this.#activities.find(activity.id)?.failure ?? null);
    const callBack = before === null || before === 'held' ? this.#called(activity, before === null) : null;
    return { activities: [{ activity, failure }], callBacks: callBack ? [callBack] : [] };
  }

  published(published: Published): TakenIn {
    const { summary, messages, activities, isNewer } = published;
    const taken = activities.map((activity) => this.record(activity));
    const fared = messages.flatMap((message) => this.#fared(message));
    const texted = isNewer ? this.#texted(summary) : null;
    const unreached = isNewer ? this.#unreached(published) : null;
    return {
      activities: newestOf(
        [...taken.flatMap((one) => one.activities), ...fared],
        ({ activity }) => activity.id,
      ),
      callBacks: newestOf(
        [...taken.flatMap((one) => one.callBacks), ...[texted, unreached].filter((one) => one !== null)],
        ({ id }) => id,
      ),
    };
  }

  #fared({ id, call, delivery }: Message): FoundActivity[] {
    if (call === null || delivery === null) return [];
    const failure = needsAttention(delivery.status) ? delivery.reason : null;
    return this.#activities.recordDelivery(call.firedAt, id, failure);
  }

  #called(activity: Activity, isNew: boolean): CallBack | null {
    const unreached = unreachedIn(activity);
    const caller = unreached?.caller ?? activity.caller;
    if (caller === null) return null;
    const open = this.#callBacks.openOf(activity.line.id, caller);
    if (open !== null) {
      if (!isNew || !isAnotherCall(activity)) return null;
      return this.#replace(open, calledAgain(open, activity.at, unreached?.reason ?? null));
    }
    if (unreached === null) return null;
    const { id, line, conversationId, at: since } = activity;
    return this.#open({ id, line, conversationId, since, ...unreached });
  }

  #texted({ last, line, caller }: ConversationSummary): CallBack | null {
    if (last.kind !== 'text-in') return null;
    const open = this.#callBacks.openOf(line.id, caller.number);
    if (open === null || last.at <= Math.max(open.textedAt ?? 0, open.since)) return null;
    return this.#replace(open, textedMeanwhile(open, last.at));
  }

  /** The text of a call turned out not to arrive. */
  #unreached({ summary, messages, problemBefore }: Published): CallBack | null {
    const reason = reasonOfFailure(summary.problem);
    if (reason === null || summary.useCase === null) return null;
    const failed = messages.find(
      ({ call, delivery }) => call !== null && delivery !== null && needsAttention(delivery.status),
    );
    const isNew =
      failed !== undefined || (problemBefore !== summary.problem && summary.last.kind === 'automatic');
    const { id: conversationId, line, caller } = summary;
    if (!isNew || this.#callBacks.openOf(line.id, caller.number) !== null) return null;
    const since = failed?.call?.firedAt ?? summary.last.at;
    const id = activityId(since, crypto.getRandomValues(new Uint8Array(5)));
    const { name } = line;
    return this.#open({
      id,
      line: { id: line.id, name },
      caller: caller.number,
      conversationId,
      reason,
      since,
    });
  }

  #open(first: Parameters<typeof openedCallBack>[0]): CallBack {
    const opened = openedCallBack(first);
    this.#callBacks.add(opened);
    return opened;
  }

  #replace(before: CallBack, after: CallBack): CallBack {
    this.#callBacks.replace(before, after);
    return after;
  }
}

/** Each thing once, as it is in the end. */
function newestOf<T>(changes: readonly T[], idOf: (change: T) => string): T[] {
  return [...new Map(changes.map((change) => [idOf(change), change])).values()];
}
