import type { ConversationSummary } from '../../../src/domain/conversation-summary.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden, menu } from '../../design/parts.ts';
import { askConsent } from '../actions/consent-actions.ts';
import { minute } from '../clock.ts';
import { consentLabel, consentOrigin, consentSince, DO_NOT_TEXT_LABEL } from '../consent-labels.ts';
import { opened, timeZone } from '../store.ts';

/** Whether this caller may be texted, in words; behind it since when, how we know, and what can be recorded. */
export function consentPicker({ id, consent, doNotText }: ConversationSummary): VNode {
  const isOptedOut = consent.state === 'opted-out';
  const isRefused = doNotText || isOptedOut;
  const label = doNotText ? DO_NOT_TEXT_LABEL : consentLabel(consent);
  const optOut = { label: 'Record an opt-out…', choose: () => askConsent(id, 'opted-out') };
  const optIn = { label: 'Record an opt-in…', choose: () => askConsent(id, 'given') };
  const items = [
    ...(isOptedOut ? [] : [optOut]),
    // An opt-in would not bring texts back.
    ...(doNotText || consent.state === 'given' ? [] : [optIn]),
  ];
  return html`<button type="button" class="consent" data-state=${isRefused ? 'opted-out' : consent.state} popovertarget="consent-menu">
      ${isRefused ? icon('no-texts') : null}<span>${label}</span>${hidden(', details')}${icon('down')}
    </button>
    ${menu('consent-menu', 'Consent to texts', items, doNotText ? listed() : history(consent))}`;
}

function listed(): VNode {
  return html`<div class="menu__head">
    <strong>${DO_NOT_TEXT_LABEL}</strong>
    <span>No line of the enterprise texts this number, whatever the caller says. An admin can take it off the list.</span>
  </div>`;
}

function history(consent: ConversationSummary['consent']): VNode {
  const since = consentSince(consent, minute.value, timeZone.value);
  return html`<div class="menu__head">
    <strong>${consentLabel(consent)}</strong>
    <span>${consentOrigin(consent, opened.value?.messages ?? [])}</span>
    ${since === null ? null : html`<span class="menu__since">${since}</span>`}
  </div>`;
}
