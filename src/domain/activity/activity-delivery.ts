import { FAILURE_WORDS } from '../conversation/failure-reason.ts';
import type { Message } from '../conversation/message.ts';
import type { Activity } from './activity.ts';

/** How the text that a firing led to went on its way, as far as it got. */

export interface DeliveryStep {
  step:
    | 'recorded'
    | 'waiting'
    | 'cancelled'
    | 'queued'
    | 'sending'
    | 'sent'
    | 'delivered'
    | 'failed'
    | 'unsure';
  at: number;
  /** Since the request of the phone system arrived. */
  afterMs: number;
  words: string;
}

type Step = Pick<DeliveryStep, 'step' | 'at' | 'words'>;

/** `message` is null where there is none, or none any more. */
export function deliverySteps(activity: Activity, message: Message | null): DeliveryStep[] {
  if (activity.messageId === null) return [];
  const steps: Step[] = [
    {
      step: 'recorded',
      at: activity.at + activity.decidedInMs,
      words: 'The text was recorded, so that it cannot get lost.',
    },
    ...waitingSteps(activity, message),
    ...(message === null || isStillWaiting(activity, message) ? [] : sendingSteps(message)),
  ];
  return steps.map((step) => ({ ...step, afterMs: Math.max(0, step.at - activity.at) }));
}

/** Of what is held or called off there is nothing to say beyond that: it waits for no turn on the line. */
function isStillWaiting({ outcome }: Activity, { delivery }: Message): boolean {
  return outcome === 'cancelled' || (outcome === 'held' && delivery?.status === 'queued');
}

function waitingSteps(activity: Activity, message: Message | null): Step[] {
  const { outcome, heldUntil, decisions } = activity;
  if (outcome === 'cancelled') {
    const words = decisions.findLast(({ isPassed }) => !isPassed)?.words ?? 'The text was called off.';
    const at = message?.delivery?.statusAt ?? activity.at + activity.decidedInMs;
    return [{ step: 'cancelled', at, words }];
  }
  if (heldUntil === null) return [];
  const words =
    outcome === 'held'
      ? 'It waits until then, and is called off if the caller gets through first.'
      : 'It waited until then.';
  return [{ step: 'waiting', at: heldUntil, words }];
}

function sendingSteps({ delivery }: Message): Step[] {
  if (delivery === null) return [];
  const { status, statusAt, sentAt, reason } = delivery;
  const sent: Step[] =
    sentAt === null ? [] : [{ step: 'sent', at: sentAt, words: 'The carrier took the text.' }];
  const why = FAILURE_WORDS[reason ?? 'outcome-unknown'];
  switch (status) {
    case 'queued':
      return [...sent, { step: 'queued', at: statusAt, words: 'It waits for its turn on this line.' }];
    case 'sending':
      return [...sent, { step: 'sending', at: statusAt, words: 'It is being handed to the carrier.' }];
    case 'sent':
      return sent;
    case 'delivered':
      return [...sent, { step: 'delivered', at: statusAt, words: 'The phone of the caller has it.' }];
    case 'undelivered':
    case 'failed':
      return [...sent, { step: 'failed', at: statusAt, words: why }];
    case 'unconfirmed':
      return [...sent, { step: 'unsure', at: statusAt, words: why }];
  }
}
