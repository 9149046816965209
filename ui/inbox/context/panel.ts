/** About a caller, in one script with its styles: who they may be, and what the practice has had to do with them. */
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, type VNode } from '../../design/html.ts';
import { skeleton } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { stylesheet } from '../../shell/stylesheet.ts';
import { isContextOver } from '../context-shown.ts';
import { callBacksPart, callsPart, elsewherePart } from './around.ts';
import { callerPart } from './caller-part.ts';
import { consentPart } from './consent-part.ts';
import { historyPart } from './history-part.ts';
import { refresh, useKnown } from './known.ts';
import { languagePart } from './language-part.ts';

await stylesheet('/assets/context.css');

export function ContextPanel({ conversation }: { conversation: ConversationSummary }): VNode {
  const { context, problem } = useKnown(conversation);
  const again = () => void refresh(conversation.id);
  return html`<div class="context__body">
    ${
      problem === null
        ? null
        : html`<div class="context__problem" role="alert">
            <p>${problem}</p>
            <button type="button" class="button button--small" onClick=${again}>Try again</button>
          </div>`
    }
    ${callerPart(conversation, context)}
    ${consentPart(conversation, context)}
    ${languagePart(conversation)}
    ${
      context === null
        ? problem === null && skeleton(3, 'row', 'Loading calls and other conversations')
        : html`${callBacksPart(context)} ${callsPart(context)} ${elsewherePart(context)} ${historyPart(context)}`
    }
  </div>`;
}

/** Over the conversation, where there is no room beside it. */
export function ContextSheet({ conversation }: { conversation: ConversationSummary }): VNode {
  const close = () => {
    isContextOver.value = false;
  };
  return html`<${Sheet} id="context" title="About this caller" isOpen=${isContextOver.value} close=${close}>
    ${isContextOver.value ? html`<${ContextPanel} key=${conversation.id} conversation=${conversation} />` : null}
  </${Sheet}>`;
}
