import { html, useEffect, type VNode } from '../../design/html.ts';
import { PAGES } from '../../shell/pages.ts';
import { VIEW_WORDS } from '../words.ts';
import { keyCaps } from './caps.ts';
import { isGoing, placesOpen, stopGoing } from './going.ts';

/** Along the bottom while a letter is waited for: where each leads. */
export function GoStrip(): VNode | null {
  useEffect(() => {
    if (!isGoing.value) return;
    document.addEventListener('pointerdown', stopGoing);
    return () => document.removeEventListener('pointerdown', stopGoing);
  }, [isGoing.value]);
  if (!isGoing.value) return null;
  return html`<section class="go-strip" aria-labelledby="go-strip-title">
    <h2 class="go-strip__title" id="go-strip-title">Go to</h2>
    <ul class="go-strip__places">
      ${placesOpen().map(
        (place) => html`<li key=${place.letter}>
          ${keyCaps([place.letter])}<span>${'page' in place ? PAGES[place.page].label : VIEW_WORDS[place.view]}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}
