/** A name in braces, such as `{practice name}`, which stands for what is known when a staff member replies. */
const PHRASE = /\{([^{}]+)\}/g;

export interface FoundPhrase {
  /** As it is compared; see `phraseKey`. */
  key: string;
  written: string;
  start: number;
  end: number;
}

export function phrasesIn(text: string): FoundPhrase[] {
  return [...text.matchAll(PHRASE)].map(({ 0: written, 1: name = '', index }) => ({
    key: phraseKey(name),
    written,
    start: index,
    end: index + written.length,
  }));
}

/** Names are the same whatever their case and spacing, and however the apostrophe is typed. */
export function phraseKey(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** By `phraseKey`. */
export type PhraseValues = ReadonlyMap<string, string>;

/**
 * What is known is put in; the rest stays, for a person to fill in. Braces of a value are dropped: a caller who is
 * named `{practice name}` must not become a smart phrase.
 */
export function fillPhrases(text: string, values: PhraseValues): string {
  const filled = text.replace(PHRASE, (written, name: string) => {
    const value = values.get(phraseKey(name));
    return value === undefined ? written : value.replace(/[{}]/g, '');
  });
  // Braces around a phrase may make another one; each time there are fewer of them.
  return filled === text ? text : fillPhrases(filled, values);
}

/** What stands around the smart phrases. */
export function withoutPhrases(text: string): string {
  return text.replace(PHRASE, ' ');
}
