import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { consentLabel, DO_NOT_TEXT_LABEL } from '../consent-labels.ts';

/** Whether this caller may be texted, in words; the menu behind it is in consent-menu.ts. */
export function consentPicker({ consent, doNotText }: ConversationSummary): VNode {
  const isRefused = doNotText || consent.state === 'opted-out';
  const label = doNotText ? DO_NOT_TEXT_LABEL : consentLabel(consent);
  return html`<button type="button" class="consent" data-state=${isRefused ? 'opted-out' : consent.state} popovertarget="consent-menu">
    ${isRefused ? icon('no-texts') : null}<span>${label}</span>${hidden(', details')}${icon('down')}
  </button>`;
}
