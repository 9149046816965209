import { firstTextFault, firstTextLength, tidyFirstText } from '../../../src/domain/triggers/first-text.ts';
import {
  type FirstTextWarning,
  firstTextWarnings,
  type TextPlace,
} from '../../../src/domain/triggers/first-text-warnings.ts';
import { MAX_FIRST_TEXT_LENGTH } from '../../../src/domain/triggers/use-case.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { textMeasure } from '../../design/text-measure.ts';

/** How long it is and what it costs, below where it is written. */
export function firstTextMeasure(text: string, id: string): VNode {
  const tidy = tidyFirstText(text);
  return textMeasure({ id, text: tidy, length: firstTextLength(tidy), most: MAX_FIRST_TEXT_LENGTH });
}

/** Why it cannot be saved comes first, alone; then what would be better. */
export function textAdvice(text: string, place: TextPlace): VNode | null {
  const tidy = tidyFirstText(text);
  const fault = firstTextFault(tidy);
  const warnings =
    tidy === '' ? [] : firstTextWarnings(tidy, place).filter(({ is }) => is !== 'smart-phrase');
  if (fault === null && warnings.length === 0) return null;
  return html`<ul class="advice-list">
    ${fault === null ? null : html`<li class="callout callout--danger">${icon('alert')}<span>${fault}</span></li>`}
    ${warnings.map((warning) => html`<li class=${`callout ${isMild(warning) ? 'callout--plain' : 'callout--warn'}`} key=${`${warning.is} ${'found' in warning ? warning.found : ''}`}>${icon(isMild(warning) ? 'question' : 'alert')}<span>${warningWords(warning, place)}</span></li>`)}
  </ul>`;
}

function isMild({ is }: FirstTextWarning): boolean {
  return is === 'no-emergency' || is === 'costly-character';
}

function warningWords(warning: FirstTextWarning, { practiceName }: TextPlace): string {
  switch (warning.is) {
    case 'smart-phrase':
      return `Take out ${warning.found}.`;
    case 'practice-not-named':
      return `Name ${practiceName}: callers do not know this number.`;
    case 'foreign-number':
      return `${warning.found} is not one of your numbers. Check its digits.`;
    case 'shortened-link':
      return `Write the whole address instead of ${warning.found}: carriers filter texts with shortened links.`;
    case 'no-opt-out':
      return 'Say how to stop: “Reply STOP to opt out.” These callers have not asked for a text.';
    case 'no-emergency':
      return 'You may want to say “In an emergency, call 911.”';
    case 'costly-character':
      return `${characterWords(warning.found)} makes this ${warning.segments} segments instead of ${warning.without}.`;
  }
}

/** Also for those that look like nothing, or like another one. */
function characterWords(character: string): string {
  const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
  return /[\p{L}\p{S}\p{P}]/u.test(character)
    ? `“${character}” (U+${code})`
    : `An invisible character (U+${code})`;
}
