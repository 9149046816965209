import { segmentsOf } from '../../src/domain/conversation/segments.ts';
import { html, type VNode } from './html.ts';

interface Measured {
  id: string;
  /** As it would be saved. */
  text: string;
  /** Counted as its limit counts. */
  length: number;
  most: number;
}

/** How long a text is and what it costs, below where it is written. */
export function textMeasure({ id, text, length, most }: Measured): VNode {
  const { count, encoding } = segmentsOf(text);
  const alphabet = encoding === 'GSM-7' ? 'plain alphabet (GSM-7)' : 'every alphabet (UCS-2)';
  return html`<p class="measure" id=${id}>
    <span class="measure__count" data-over=${String(length > most)}>${length} of ${most}<span class="visually-hidden"> characters</span></span>
    <span>${count} ${count === 1 ? 'segment' : 'segments'}, ${alphabet}</span>
  </p>`;
}
