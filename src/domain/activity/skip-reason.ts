/** Why a trigger that was understood leads to no text. */
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
