/** The words of a text in from Twilio: staff must not miss that there was more to it, or that there were none. */
export function bodyWithMedia(words: string, count: number, what: 'picture' | 'attachment'): string {
  if (count === 0) return words.trim() === '' ? '(a text without words)' : words;
  const note = `(${count} ${what}${count === 1 ? '' : 's'}; open ${count === 1 ? 'it' : 'them'} in Twilio's console)`;
  return words.trim() === '' ? note : `${words}\n${note}`;
}

/** As Twilio writes it, in a form and in its list. */
export function mediaCount(said: string | null): number {
  return /^\d{1,2}$/.test(said ?? '') ? Number(said) : 0;
}
