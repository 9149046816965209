import type { QuickResponse } from '../../../src/domain/words/quick-response.ts';
import { groupOf } from '../../../src/domain/words/quick-response-changes.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { Sheet } from '../../design/sheet.ts';
import { announce } from '../../shell/page.ts';
import { withPhrasesMarked } from './marked-phrases.ts';
import { ResponseForm } from './response-form.ts';
import type { Part } from './responses-part.ts';

interface Opened extends Part {
  languages: readonly string[];
  openedId: string | 'new' | null;
  archive: (one: QuickResponse) => void;
  close: () => void;
}

/** One quick response: for managers to change, for others to read. */
export function ResponseSheet({ openedId, close, archive, ...part }: Opened): VNode {
  const { all, practice } = part;
  const response = all.responses.find(({ id }) => id === openedId) ?? null;
  const isNew = openedId === 'new';
  const title = isNew ? 'New quick response' : (response?.title ?? '');
  return html`<${Sheet} id="response-sheet" title=${title} isOpen=${isNew || response !== null} close=${close}>
    ${isNew || response !== null ? content() : null}
  </${Sheet}>`;

  function content(): VNode {
    if (practice.role === 'staff') return response === null ? html`` : reading(response);
    const group =
      response === null ? (all.groups[0]?.name ?? 'General') : (groupOf(all, response.id)?.name ?? '');
    return html`<${ResponseForm} key=${openedId} ...${part} response=${response} group=${group} close=${close} archive=${archive} />`;
  }
}

function reading({ texts }: QuickResponse): VNode {
  return html`${Object.entries(texts).map(
    ([language, text]) => html`<section class="reading" key=${language} aria-label=${languageName(language)}>
      <h3 class="reading__title">${languageName(language)}</h3>
      <p class="preview__bubble" dir="auto" lang=${language}>${withPhrasesMarked(text)}</p>
      <div><${CopyButton} text=${text} what=${`the text in ${languageName(language)}`} announce=${announce} /></div>
    </section>`,
  )}`;
}
