import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { textRefusal } from '../../../src/domain/conversation/text-refusal.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { accountWords } from '../account-words.ts';
import { acceptSuggestion, dismissSuggestion } from '../actions/consent-actions.ts';
import { practice } from '../store.ts';

const CANNOT_TEXT_WORDS: Record<NonNullable<ConversationSummary['cannotText']>, string> = {
  landline: 'This is a landline. Texts do not arrive: call back.',
  'invalid-number': 'This number cannot get texts: call back.',
};

/** What to know before writing, right above the composer. */
export function Advice({ conversation }: { conversation: ConversationSummary }): VNode | null {
  const { cannotText, isOptOutSuggested, problem } = conversation;
  // Then the composer itself says why nothing can be sent.
  if (textRefusal(conversation) !== null) return null;
  const lines = [
    ...(problem === 'account' ? [accountLine()] : []),
    ...(cannotText === null ? [] : [cannotTextLine(CANNOT_TEXT_WORDS[cannotText])]),
    ...(isOptOutSuggested ? [suggestion(conversation.id)] : []),
  ];
  return lines.length === 0 ? null : html`<div class="advice">${lines}</div>`;
}

function accountLine(): VNode {
  return html`<p class="advice__line callout callout--warn" key="account">${icon('alert')}<span>${accountWords(practice.value?.role ?? 'staff')}</span></p>`;
}

function cannotTextLine(words: string): VNode {
  return html`<p class="advice__line callout callout--plain" key="cannot-text">${icon('phone')}<span>${words}</span></p>`;
}

/** Offhook never opts anybody out for a wording; a person says what was meant. */
function suggestion(id: string): VNode {
  return html`<div class="advice__line advice__question callout callout--plain" key="suggestion" role="group" aria-label="Suggestion">
    ${icon('question')}
    <p>This may be a wish to get no more texts.</p>
    <div class="advice__actions">
      <button type="button" class="button button--small" onClick=${() => void acceptSuggestion(id)}>Record an opt-out</button>
      <button type="button" class="button button--small" onClick=${() => void dismissSuggestion(id)}>It is not</button>
    </div>
  </div>`;
}
