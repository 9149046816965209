export interface TextVariant {
  language: string;
  text: string;
  /** Whether it is the language that was asked for, or a form of it. */
  isAsked: boolean;
}

/** The language itself, the one it is a form of or a form of it (`es` for `es-MX`), English, any. */
export function textVariant(texts: Readonly<Record<string, string>>, language: string): TextVariant | null {
  const all = Object.entries(texts);
  const isLanguage = (wanted: string) => all.find(([tag]) => tag.toLowerCase() === wanted);
  const exact = language.toLowerCase();
  const base = baseLanguage(language);
  const asked = isLanguage(exact) ?? isLanguage(base) ?? all.find(([tag]) => baseLanguage(tag) === base);
  const found = asked ?? isLanguage('en') ?? all[0];
  return found === undefined ? null : { language: found[0], text: found[1], isAsked: asked !== undefined };
}

/** `es` of `es-MX`. */
export function baseLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? tag;
}
