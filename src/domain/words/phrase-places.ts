/** Where text is written, and whether somebody is there who fills it in before it leaves. The one place that decides. */
const MAY_HOLD_PHRASES = {
  'first-text': false,
  'after-hours-reply': false,
  /** What a smart phrase itself says: it would have to be filled in twice. */
  'smart-phrase': false,
  'quick-response': true,
  reply: true,
} as const satisfies Record<string, boolean>;
export type PhrasePlace = keyof typeof MAY_HOLD_PHRASES;

/** The first smart phrase that this place may not hold, as it is written. */
export function refusedPhraseIn(place: PhrasePlace, text: string): string | null {
  return MAY_HOLD_PHRASES[place] ? null : (/\{[^{}]+\}/.exec(text)?.[0] ?? null);
}
