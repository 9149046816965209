import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { languageChoices } from '../../design/language-choices.ts';
import { changeConversation } from '../actions/conversation-actions.ts';
import { part } from './part.ts';

/** In which language quick responses come first. */
export function languagePart({ id, language }: ConversationSummary): VNode {
  const choose = (event: Event) => {
    const field = event.currentTarget as HTMLSelectElement;
    void changeConversation(id, { language: field.value }).then((isDone) => {
      // Refused: what is chosen is what is so.
      if (!isDone) field.value = language;
    });
  };
  return part(
    'language',
    'Language',
    html`<select class="context__select" aria-labelledby="context-language" aria-describedby="context-language-help" value=${language} onChange=${choose}>
        <option value=${language}>${languageName(language)}</option>
        ${languageChoices([language]).map(({ tag, name }) => html`<option key=${tag} value=${tag}>${name}</option>`)}
      </select>
      <p class="context__quiet" id="context-language-help">Quick responses in it come first.</p>`,
  );
}
