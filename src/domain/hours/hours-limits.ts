/** How much the hours of a practice or a line may hold. */

export const MAX_SPANS_A_DAY = 6;

export const MAX_HOLIDAYS = 60;

/** Languages of one text. */
export const MAX_LANGUAGES = 12;

/** Longest after-hours reply, in UTF-16 units: about three joined GSM-7 segments. */
export const MAX_AFTER_HOURS_LENGTH = 480;
