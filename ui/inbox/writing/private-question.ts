import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { PrivateDetail } from '../../../src/domain/words/private-details.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { COMPOSER, focusNow } from '../focus.ts';
import { type Stopped, stopped, submit } from './guard.ts';

const WORDS: Record<PrivateDetail['is'], string> = {
  'social-security-number': 'A social security number',
  'record-number': 'A record number',
  'birth-date': 'A date of birth',
  'medical-word': 'Something about health',
};

/** Texts are read by others: whoever wants to send this has looked at it once more. */
export function privateQuestion(
  { details, isDoneAfter, sure }: Extract<Stopped, { is: 'private' }>,
  conversation: ConversationSummary,
): VNode {
  return html`<div class="callout callout--warn private-question" role="group" aria-labelledby="private-title">
    ${icon('alert')}
    <div>
      <p id="private-title" tabindex="-1"><strong>Not sent yet. Texts are not private: is this meant to be in one?</strong></p>
      <ul>${details.map(({ is, found }) => html`<li key=${is}>${WORDS[is]}: “${found}”</li>`)}</ul>
      <div class="form__actions">
        <button type="button" class="button button--small" onClick=${() => {
          stopped.value = null;
          focusNow(COMPOSER);
        }}>Change the text</button>
        <button type="button" class="button button--small" onClick=${() => {
          submit(conversation, { isDoneAfter, sure: [...sure, 'private'] });
          focusNow(COMPOSER);
        }}>Send it anyway</button>
      </div>
    </div>
  </div>`;
}
