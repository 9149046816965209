export const USE_CASES = ['call-to-text', 'abandoned-call'] as const;
export type UseCase = (typeof USE_CASES)[number];

/** An automatic first text holds at most this many characters (B4, B7). */
export const MAX_FIRST_TEXT_LENGTH = 255;
