/** What a trigger does outside the practice's hours: text all the same, text something else, wait, or nothing. */
export const HOURS_RULES = ['always', 'other-text', 'hold', 'nothing'] as const;
export type HoursRule = (typeof HOURS_RULES)[number];

/** How a trigger spares its callers; people set all of it. */
export interface TriggerRules {
  /** After a text, another call of the same caller gets none for so long. */
  cooldownMinutes: number;
  /** A conversation with a text either way in the last so many minutes is not interrupted. */
  liveMinutes: number;
  /** The text waits for so long, and is cancelled if the caller gets through meanwhile. */
  holdSeconds: number;
  hoursRule: HoursRule;
  /** Instead of the usual text while closed; only with `other-text`. */
  closedText: string | null;
}

export const DEFAULT_RULES: TriggerRules = {
  cooldownMinutes: 10,
  liveMinutes: 30,
  holdSeconds: 0,
  hoursRule: 'always',
  closedText: null,
};

export const MAX_HOLD_SECONDS = 120;
/** Of the cooldown and of what counts as live. */
export const MAX_SPARING_MINUTES = 1440;
