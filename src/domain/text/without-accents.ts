/** Accents, and other marks upon letters, do not count; the letters stay as they are. */
export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
