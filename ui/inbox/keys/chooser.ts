import { useSignal } from '@preact/signals';
import { html, useLayoutEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { keyCaps } from './caps.ts';
import type { Choice, Choosing } from './choices.ts';
import { choosing, closeChooser } from './shown.ts';

/** A field that narrows down a list, over everything else: the keyboard stays in the field. */
export function Chooser(): VNode {
  const current = choosing.value;
  const dialog = useDialog(current !== null);
  const words = useSignal('');
  const active = useSignal(0);
  const found = current?.choicesFor(words.value) ?? [];
  const at = Math.min(active.value, found.length - 1);

  useLayoutEffect(() => {
    words.value = '';
    active.value = Math.max(
      0,
      found.findIndex(({ isChosen }) => isChosen),
    );
  }, [current]);

  useLayoutEffect(() => {
    document.getElementById(optionId(at))?.scrollIntoView({ block: 'nearest' });
  }, [at, current]);

  /** First the dialog closes, which gives the keyboard back; what was chosen may then take it elsewhere. */
  function choose(choice: Choice | undefined): void {
    if (choice === undefined) return;
    dialog.current?.close();
    choice.choose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter') choose(found[at]);
    else if (!moveTo(nextIndex(event, at, found.length))) return;
    event.preventDefault();
  }

  function moveTo(index: number | null): boolean {
    if (index !== null) active.value = index;
    return index !== null;
  }

  function onInput(event: Event): void {
    words.value = (event.currentTarget as HTMLInputElement).value;
    active.value = 0;
  }

  return html`<dialog
    ref=${dialog}
    class="chooser"
    aria-label=${current?.title}
    onClose=${closeChooser}
    onClick=${(event: MouseEvent) => event.target === event.currentTarget && dialog.current?.close()}
  >
    ${
      current === null
        ? null
        : html`${field(current, words.value, found.length > 0 ? optionId(at) : undefined, { onInput, onKeyDown })}
    ${list(current, found, at, choose, moveTo)}
    <p class="visually-hidden" role="status">${countWords(found.length, current.nothing)}</p>`
    }
  </dialog>`;
}

function field(
  { title, placeholder }: Choosing,
  words: string,
  active: string | undefined,
  on: { onInput: (event: Event) => void; onKeyDown: (event: KeyboardEvent) => void },
): VNode {
  return html`<div class="chooser__head">
    <p class="chooser__title" aria-hidden="true"><bdi>${title}</bdi></p>
    <input
      class="chooser__field"
      type="text"
      role="combobox"
      aria-label=${title}
      aria-expanded="true"
      aria-controls="choices"
      aria-autocomplete="list"
      aria-activedescendant=${active}
      placeholder=${placeholder}
      autocomplete="off"
      spellcheck=${false}
      autofocus
      value=${words}
      onInput=${on.onInput}
      onKeyDown=${on.onKeyDown}
    />
  </div>`;
}

function list(
  { title, nothing }: Choosing,
  found: readonly Choice[],
  at: number,
  choose: (choice: Choice) => void,
  moveTo: (index: number) => void,
): VNode {
  const groups = [...new Set(found.map(({ group }) => group))];
  return html`<div class="chooser__list" role="listbox" id="choices" aria-label=${title}>
      ${groups.map(
        (
          group,
          index,
        ) => html`<div role="group" key=${group} aria-labelledby=${groups.length > 1 ? `choices-${index}` : undefined}>
          ${groups.length > 1 ? html`<p class="chooser__group" role="presentation" id=${`choices-${index}`}>${group}</p>` : null}
          ${found.map((choice, position) => (choice.group === group ? option(choice, position, position === at, choose, moveTo) : null))}
        </div>`,
      )}
    </div>
    ${found.length === 0 ? html`<p class="chooser__nothing">${nothing}</p>` : null}`;
}

function option(
  choice: Choice,
  position: number,
  isActive: boolean,
  choose: (choice: Choice) => void,
  moveTo: (index: number) => void,
): VNode {
  const { id, label, detail, keys, isChosen } = choice;
  return html`<div
    class="chooser__option"
    role="option"
    key=${id}
    id=${optionId(position)}
    aria-selected=${String(isActive)}
    onClick=${() => choose(choice)}
    onPointerMove=${() => moveTo(position)}
  >
    ${icon(choice.icon)}
    <span class="chooser__label"><bdi>${label}</bdi>${detail === undefined ? null : html`<span class="chooser__detail"><bdi>${detail}</bdi></span>`}</span>
    ${isChosen ? icon('check') : null} ${keys === undefined ? null : html`<span class="chooser__keys" aria-hidden="true">${keyCaps(keys)}</span>`}
  </div>`;
}

function optionId(index: number): string {
  return `choice-${index}`;
}

/** Null where the key is for the field. */
function nextIndex(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  at: number,
  length: number,
): number | null {
  if (length === 0 || ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % length;
    case 'ArrowUp':
      return (at - 1 + length) % length;
    case 'PageDown':
      return Math.min(length - 1, at + PAGE);
    case 'PageUp':
      return Math.max(0, at - PAGE);
    default:
      return null;
  }
}

const PAGE = 8;

function countWords(count: number, nothing: string): string {
  if (count === 0) return nothing;
  return count === 1 ? 'One choice' : `${count} choices`;
}
