import { useSignal } from '@preact/signals';
import { languageName } from './format.ts';
import { html, type VNode } from './html.ts';
import { useDialog } from './use-dialog.ts';

export interface Merging {
  /** The first one stands first. */
  texts: readonly { id: string; language: string; text: string }[];
  measure: (text: string, id: string) => VNode;
  isOpen: boolean;
  put: (text: string) => void;
  close: () => void;
}

/** Several languages one below the other, for callers of whom nobody knows which one is theirs (B25, B26). */
export function MergeDialog({ texts, measure, isOpen, put, close }: Merging): VNode {
  const left = useSignal<ReadonlySet<string>>(new Set());
  const dialog = useDialog(isOpen);
  const merged = texts
    .filter(({ id }) => !left.value.has(id))
    .map(({ text }) => text)
    .join('\n\n');

  const toggle = (id: string) => {
    const next = new Set(left.value);
    if (!next.delete(id)) next.add(id);
    left.value = next;
  };
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="merge-title" onClose=${close}>
    <div class="dialog__form">
      <h2 class="dialog__title" id="merge-title">Copy into one text</h2>
      <p class="dialog__text">The languages stand one below the other. You can shorten the text before you save it.</p>
      <div>
        ${texts.map(
          ({ id, language }) => html`<label class="check" key=${id}>
            <input type="checkbox" checked=${!left.value.has(id)} onChange=${() => toggle(id)} />${languageName(language)}
          </label>`,
        )}
      </div>
      <div>
        <p class="preview__bubble merge__text" dir="auto">${merged || '…'}</p>
        ${measure(merged, 'merge-measure')}
      </div>
      <div class="dialog__actions">
        <button type="button" class="button" onClick=${close}>Cancel</button>
        <button type="button" class="button button--primary" aria-describedby="merge-measure" onClick=${() => {
          put(merged);
          close();
        }}>Put it into the editor</button>
      </div>
    </div>
  </dialog>`;
}
