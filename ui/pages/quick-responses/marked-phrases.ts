import { phrasesIn } from '../../../src/domain/words/smart-phrase.ts';
import { html, type VNode } from '../../design/html.ts';

/** The text with its smart phrases set apart. */
export function withPhrasesMarked(text: string): (VNode | string)[] {
  const parts: (VNode | string)[] = [];
  let end = 0;
  for (const { start, end: next, written } of phrasesIn(text)) {
    parts.push(text.slice(end, start), html`<span class="phrase">${written}</span>`);
    end = next;
  }
  return [...parts, text.slice(end)];
}
