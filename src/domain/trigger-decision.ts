import { readCaller } from './phone-number.ts';

/** Why a trigger that was understood leads to no text; `duplicate` is for the conversation to say. */
export const SKIP_REASONS = [
  'withheld',
  'not-textable',
  'trigger-off',
  'stale',
  'closed',
  'dry-run',
  'duplicate',
  'same-journey',
  'cooldown',
  'live-conversation',
  'answered',
  'other-event',
  'opted-out',
  'landline',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** A text about a call this long ago would puzzle its reader more than help; some phone systems retry for 85 minutes. */
const STALE_AFTER_MS = 60 * 60_000;

export type TriggerDecision =
  /** `caller` is E.164. */
  | { decision: 'text'; caller: string }
  | {
      decision: 'skip';
      reason: 'withheld' | 'not-textable' | 'opted-out' | 'trigger-off' | 'stale' | 'dry-run';
    }
  | { decision: 'refuse'; problem: 'missing-caller' | 'unreadable-caller' };

export interface Asked {
  /** As the phone system gave it; null if it gave none. */
  caller: string | null;
  /** Epoch ms, of the call, if the phone system told it. */
  happenedAt: number | null;
  now: number;
  isOn: boolean;
  isDryRun: boolean;
  /** E.164. Our own lines and main numbers: a text to one of them would come back to us. */
  ownNumbers: ReadonlySet<string>;
  /** E.164. The enterprise's do-not-text list. */
  doNotText: ReadonlySet<string>;
}

/**
 * What is decided without the caller's history. What is wrong with the number is told first, so that a
 * trigger that is still off, or a dry run, shows whoever sets it up whether the number arrives.
 */
export function decideTrigger(asked: Asked): TriggerDecision {
  const { caller, happenedAt, now, isOn, isDryRun, ownNumbers, doNotText } = asked;
  if (caller === null) return { decision: 'refuse', problem: 'missing-caller' };
  const read = readCaller(caller);
  switch (read.kind) {
    case 'withheld':
      return { decision: 'skip', reason: 'withheld' };
    case 'unreadable':
      return { decision: 'refuse', problem: 'unreadable-caller' };
    case 'not-textable':
      return { decision: 'skip', reason: 'not-textable' };
    case 'textable':
      if (ownNumbers.has(read.number)) return { decision: 'skip', reason: 'not-textable' };
      if (doNotText.has(read.number)) return { decision: 'skip', reason: 'opted-out' };
      if (!isOn) return { decision: 'skip', reason: 'trigger-off' };
      if (happenedAt !== null && now - happenedAt >= STALE_AFTER_MS)
        return { decision: 'skip', reason: 'stale' };
      if (isDryRun) return { decision: 'skip', reason: 'dry-run' };
      return { decision: 'text', caller: read.number };
  }
}
