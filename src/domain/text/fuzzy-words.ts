/** How well words somebody types fit a name: the more, the better; 0 where they do not. */
export function fitOf(name: string, word: string): number {
  if (name.startsWith(word)) return 100;
  if (name.includes(` ${word}`)) return 80;
  if (name.includes(word)) return 60;
  return isSubsequence(word, name) ? 40 : 0;
}

/** Letters in their order with others between: `hlo` is in `hello`. One letter alone would be everywhere. */
function isSubsequence(word: string, name: string): boolean {
  if (word.length < 2) return false;
  let at = -1;
  for (const letter of word) {
    at = name.indexOf(letter, at + 1);
    if (at === -1) return false;
  }
  return true;
}

/** Without case, accents and signs, words parted by one space. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
