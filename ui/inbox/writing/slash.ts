/** What stands after a slash that asks for quick responses, up to where the writing is. */
export interface Slash {
  /** Of the slash itself. */
  at: number;
  query: string;
}

/** As long as titles are. */
const MAX_QUERY = 40;

/**
 * A slash at the beginning, after a space, or behind a sentence, so that several quick responses can be put one
 * behind the other; never one within a word, a date or an address.
 */
const ASKING = new RegExp(String.raw`(?:^|[\s.!?…)"'”»])/([^/\n]{0,${MAX_QUERY}})$`, 'u');

export function slashBefore(text: string, caret: number): Slash | null {
  const [, query] = ASKING.exec(text.slice(0, caret)) ?? [];
  if (query === undefined || /^\s/.test(query)) return null;
  return { at: caret - query.length - 1, query };
}

/** What goes in the place of the slash and what was typed after it: behind a sentence on a line of its own. */
export function insertion(text: string, { at }: Slash, inserted: string): string {
  const before = text[at - 1];
  return before === undefined || /\s/.test(before) ? inserted : `\n${inserted}`;
}
