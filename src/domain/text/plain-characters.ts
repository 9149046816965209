import { segmentsOf } from '../conversation/segments.ts';

/** What word processors and phones put in the place of plain characters, and what they stand for. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u02bc\u2032`\u00b4]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/\u2026/g, '...'],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/[\u200b-\u200d\u2060\ufeff\u00ad]/g, ''],
  [/\u2022/g, '-'],
];

/** The text with plain quotes, dashes and spaces; the words stay as they are. */
export function withPlainCharacters(text: string): string {
  return PLAIN.reduce((plain, [fancy, simple]) => plain.replace(fancy, simple), text);
}

/** Whether that would let it cost less. */
export function isCheaperPlain(text: string): boolean {
  return segmentsOf(withPlainCharacters(text)).count < segmentsOf(text).count;
}
