import { useSignal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, type VNode } from '../../design/html.ts';
import { type MenuItem, menu } from '../../design/parts.ts';
import { askConsent } from '../actions/consent-actions.ts';
import { minute } from '../clock.ts';
import { consentLabel, DO_NOT_TEXT_LABEL } from '../consent-labels.ts';
import { consentOrigin, consentSince } from '../consent-origin.ts';
import { opened, timeZone } from '../store.ts';

/** Since when, how we know, and what can be recorded. */
export function ConsentMenu({ conversation }: { conversation: ConversationSummary }): VNode {
  const isAskedFor = useSignal(false);
  const { items, head } = isAskedFor.value ? contentFor(conversation) : { items: [], head: null };
  return menu('consent-menu', 'Consent to texts', items, head, () => {
    isAskedFor.value = true;
  });
}

/** Drawn when it opens: a conversation is opened more often than what can be done with it is asked for. */
function contentFor({ id, consent, doNotText }: ConversationSummary): { items: MenuItem[]; head: VNode } {
  const optOut = { label: 'Record an opt-out…', choose: () => askConsent(id, 'opted-out') };
  const optIn = { label: 'Record an opt-in…', choose: () => askConsent(id, 'given') };
  const items = [
    ...(consent.state === 'opted-out' ? [] : [optOut]),
    // An opt-in would not bring texts back.
    ...(doNotText || consent.state === 'given' ? [] : [optIn]),
  ];
  return { items, head: doNotText ? listed() : history(consent) };
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
