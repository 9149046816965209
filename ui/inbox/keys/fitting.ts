import { fitOf, plainWords } from '../../../src/domain/text/fuzzy-words.ts';

/** What can be found by typing. */
export interface Findable {
  group: string;
  label: string;
  /** Found by these words too; by digits in any form of writing them. */
  also?: string;
}

/** Those that fit all words, in their groups: the group with the best one first, and in it the best first. */
export function fitting<One extends Findable>(choices: readonly One[], words: string): One[] {
  const wanted = plainWords(words).split(' ').filter(Boolean);
  if (wanted.length === 0) return [...choices];
  const digits = /^[\d\s().+-]+$/.test(words) ? digitsOf(words) : '';
  const scores = new Map(choices.map((choice) => [choice, scoreOf(choice, wanted, digits)]));
  const of = (choice: One) => scores.get(choice) ?? 0;
  // Sorting is stable, so that equals stay in the order they were given.
  const found = choices.filter((choice) => of(choice) > 0).sort((a, b) => of(b) - of(a));
  const groups = [...new Set(found.map(({ group }) => group))];
  return groups.flatMap((group) => found.filter((choice) => choice.group === group));
}

/** 0 where a word fits nowhere. */
function scoreOf({ label, also = '' }: Findable, words: readonly string[], digits: string): number {
  if (digits !== '') return digitsOf(`${label} ${also}`).includes(digits) ? 100 : 0;
  const [name, more] = [plainWords(label), plainWords(also)];
  let total = 0;
  for (const word of words) {
    const score = Math.max(fitOf(name, word), fitOf(more, word) / 2);
    if (score === 0) return 0;
    total += score;
  }
  return total;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
