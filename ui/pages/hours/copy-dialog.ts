import { useSignal } from '@preact/signals';
import { DAY_NAMES } from '../../../src/domain/hours/schedule.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { useDialog } from '../../design/use-dialog.ts';

const WORKDAYS = 5;

interface Copying {
  /** The one that is copied; null while nothing is. */
  day: number | null;
  copy: (days: readonly number[]) => void;
  close: () => void;
}

/** One day's hours onto others; the other workdays are offered. */
export function CopyDialog({ day, copy, close }: Copying): VNode {
  const chosen = useSignal<readonly number[]>([]);
  const dialog = useDialog(day !== null);
  useEffect(() => {
    chosen.value = DAY_NAMES.map((_, index) => index).filter((index) => index < WORKDAYS && index !== day);
  }, [day]);
  const toggle = (index: number) => {
    chosen.value = chosen.value.includes(index)
      ? chosen.value.filter((one) => one !== index)
      : [...chosen.value, index];
  };
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="copy-title" onClose=${close}>
    <div class="dialog__form">
      <h2 class="dialog__title" id="copy-title">Copy ${DAY_NAMES[day ?? 0]} to…</h2>
      <div>
        ${DAY_NAMES.map((name, index) =>
          index === day
            ? null
            : html`<label class="check" key=${index}>
                <input type="checkbox" checked=${chosen.value.includes(index)} onChange=${() => toggle(index)} />${name}
              </label>`,
        )}
      </div>
      <div class="dialog__actions">
        <button type="button" class="button" onClick=${close}>Cancel</button>
        <button type="button" class="button button--primary" onClick=${() => {
          copy(chosen.value);
          close();
        }}>Copy</button>
      </div>
    </div>
  </dialog>`;
}
