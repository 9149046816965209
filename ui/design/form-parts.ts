/** Parts of forms on set-up pages. Plain functions that are called; ids are given, since labels need them. */
import { type ComponentChildren, html, type VNode } from './html.ts';
import { icon } from './icon.ts';

interface Field {
  id: string;
  label: string;
  /** The input itself: give it `id`, and what `describedBy` answers. */
  control: VNode;
  help?: ComponentChildren;
  error?: string | null;
}

/** What `aria-describedby` of the control has to be. */
export function describedBy({ id, help, error }: Pick<Field, 'id' | 'help' | 'error'>): string | undefined {
  const ids = [error ? `${id}-error` : null, help ? `${id}-help` : null].filter((one) => one !== null);
  return ids.length === 0 ? undefined : ids.join(' ');
}

export function field({ id, label, control, help, error }: Field): VNode {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${control}
    ${error ? fieldError(id, error) : null}
    ${help ? html`<p class="field__help" id=${`${id}-help`}>${help}</p>` : null}
  </div>`;
}

export function fieldError(id: string, error: string): VNode {
  return html`<p class="field__error" id=${`${id}-error`} role="alert">${icon('alert')}<span>${error}</span></p>`;
}

interface Switch {
  label: string;
  isOn: boolean;
  turn: (isOn: boolean) => void;
  /** Why it cannot be turned; said by the label's surroundings. */
  isDisabled?: boolean;
  describedBy?: string | undefined;
}

export function switchButton({ label, isOn, turn, isDisabled = false, describedBy: by }: Switch): VNode {
  return html`<button
    type="button"
    class="switch"
    role="switch"
    aria-checked=${String(isOn)}
    aria-disabled=${isDisabled ? 'true' : undefined}
    aria-describedby=${by}
    onClick=${() => {
      if (!isDisabled) turn(!isOn);
    }}
  >
    <span class="switch__track" aria-hidden="true"></span>${label}
  </button>`;
}

interface Choice<Value extends string> {
  value: Value;
  label: string;
  help?: string;
}

/** One of a few, each with its explanation. */
export function choices<Value extends string>(
  name: string,
  legend: string,
  options: readonly Choice<Value>[],
  chosen: Value,
  choose: (value: Value) => void,
): VNode {
  return html`<fieldset class="choices">
    <legend>${legend}</legend>
    ${options.map(
      ({ value, label, help }) => html`<label class="choice" key=${value}>
        <input type="radio" name=${name} value=${value} checked=${value === chosen} onChange=${() => choose(value)} />
        <span class="choice__label">${label}</span>
        ${help ? html`<span class="choice__help">${help}</span>` : null}
      </label>`,
    )}
  </fieldset>`;
}
