import { useSignal } from '@preact/signals';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { pageHref } from '../../shell/page.ts';
import { AddTrigger } from './add-trigger.ts';
import type { Opened } from './opened.ts';
import { offeredText } from './text-card.ts';
import { textMeasure } from './text-facts.ts';

/** In which languages this line says it, and how one text says it in several. */
export function LanguagesCard({ opened }: { opened: Opened }): VNode {
  const { trigger, languages, line, api } = opened;
  const isAdding = useSignal(false);
  const isMerging = useSignal(false);
  return html`<section class="card" aria-labelledby="languages-title">
    <div class="section__head">
      <h2 class="section__title" id="languages-title">Languages</h2>
      ${
        languages.length > 1
          ? html`<button type="button" class="button button--small" onClick=${() => {
              isMerging.value = true;
            }}>Copy into one text…</button>`
          : null
      }
    </div>
    <ul class="language-list">
      ${languages.map(({ id, language }) =>
        id === trigger.id
          ? html`<li key=${id}><a class="chip" aria-current="page" data-inbox href=${pageHref({ path: [id] })}>${languageName(language)}</a></li>`
          : html`<li key=${id}><a class="chip" data-inbox href=${pageHref({ path: [id] })}>${languageName(language)}</a></li>`,
      )}
      <li><button type="button" class="chip" onClick=${() => {
        isAdding.value = true;
      }}>${icon('plus')}Add a language</button></li>
    </ul>
    <p class="field__help">
      Where your phone system asks for the language, give each choice its own address. Where it does not, copy the
      languages into one text.
    </p>
    <${AddTrigger}
      line=${isAdding.value ? line : null}
      there=${languages}
      useCase=${trigger.useCase}
      api=${api}
      added=${() => void opened.reload()}
      close=${() => {
        isAdding.value = false;
      }}
    />
    <${MergeDialog} opened=${opened} isOpen=${isMerging.value} close=${() => {
      isMerging.value = false;
    }} />
  </section>`;
}

interface Merging {
  opened: Opened;
  isOpen: boolean;
  close: () => void;
}

/** One below the other, this trigger's own language first (B25, B26). */
function MergeDialog({ opened: { trigger, languages }, isOpen, close }: Merging): VNode {
  const left = useSignal<ReadonlySet<string>>(new Set());
  const dialog = useDialog(isOpen);
  const ordered = [trigger, ...languages.filter(({ id }) => id !== trigger.id)];
  const merged = ordered
    .filter(({ id }) => !left.value.has(id))
    .map(({ text }) => text)
    .join('\n\n');

  const toggle = (id: string) => {
    const next = new Set(left.value);
    if (!next.delete(id)) next.add(id);
    left.value = next;
  };
  const put = () => {
    offeredText.value = { triggerId: trigger.id, text: merged };
    close();
  };
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="merge-title" onClose=${close}>
    <div class="dialog__form">
      <h2 class="dialog__title" id="merge-title">Copy into one text</h2>
      <p class="dialog__text">The languages stand one below the other. You can shorten the text before you save it.</p>
      <div>
        ${ordered.map(
          ({ id, language }) => html`<label class="check" key=${id}>
            <input type="checkbox" checked=${!left.value.has(id)} onChange=${() => toggle(id)} />${languageName(language)}
          </label>`,
        )}
      </div>
      <div>
        <p class="preview__bubble merge__text" dir="auto">${merged || '…'}</p>
        ${textMeasure(merged, 'merge-measure')}
      </div>
      <div class="dialog__actions">
        <button type="button" class="button" onClick=${close}>Cancel</button>
        <button type="button" class="button button--primary" aria-describedby="merge-measure" onClick=${put}>Put it into the editor</button>
      </div>
    </div>
  </dialog>`;
}
