import { type Mark, marksIn, readSought } from '../../../src/domain/inbox/search-words.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';

/** A text with what was sought marked in it. */
export function marked(text: string, query: string): (VNode | string)[] {
  const sought = readSought(query);
  return sought === null ? [text] : withMarks(text, marksIn(text, sought));
}

/** A number as people read it; any part of it can have been sought. */
export function markedNumber(number: string, query: string): (VNode | string)[] {
  const text = formatNumber(number);
  const part = readSought(query)?.number ?? null;
  const digits = [...text].flatMap((character, index) => (/\d/.test(character) ? [index] : []));
  const at =
    part === null
      ? -1
      : digits
          .map((index) => text[index])
          .join('')
          .indexOf(part);
  if (part === null || at === -1) return [text];
  return withMarks(text, [[digits[at] ?? 0, (digits[at + part.length - 1] ?? 0) + 1]]);
}

function withMarks(text: string, marks: readonly Mark[]): (VNode | string)[] {
  const ends = [0, ...marks.map(([, end]) => end)];
  return [
    ...marks.flatMap(([start, end], index) => [
      text.slice(ends[index], start),
      html`<mark key=${start}>${text.slice(start, end)}</mark>`,
    ]),
    text.slice(ends.at(-1)),
  ];
}
