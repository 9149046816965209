import { initials } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';

const TINTS = 5;

/** The same name always has the same tint. */
export function avatar(name: string): VNode {
  const sum = [...name].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 0);
  return html`<span class="avatar" data-tint=${String(sum % TINTS)} aria-hidden="true">${initials(name)}</span>`;
}
