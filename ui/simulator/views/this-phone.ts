import { useSignal } from '@preact/signals';
import { HANDSET_KINDS, handsetKind } from '../../../src/domain/conversation/handset.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { becomeKind, changeNumber } from '../actions.ts';
import { state } from '../store.ts';
import { KIND_WORDS } from '../words.ts';

/** Which phone this is. Stateful for what is being typed. */
export function ThisPhone(): VNode {
  const { number } = state.value;
  const isRefused = useSignal(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement).get('number');
    isRefused.value = !changeNumber(String(typed));
  };
  return html`<section class="card card--phone" aria-labelledby="this-phone">
    <h2 id="this-phone">This phone</h2>
    <form class="own-number" onSubmit=${submit}>
      <label for="own-number" class="visually-hidden">Its number</label>
      <div class="own-number__row">
        <input
          id="own-number"
          name="number"
          type="tel"
          inputmode="tel"
          autocomplete="off"
          maxlength="20"
          key=${number}
          defaultValue=${formatNumber(`+1${number}`)}
          aria-invalid=${String(isRefused.value)}
          aria-describedby="own-number-problem"
        />
        <button type="submit" class="button">Use</button>
      </div>
      <p id="own-number-problem" class="own-number__problem" role="alert">
        ${isRefused.value ? 'That is not a North American number. It needs 10 digits, such as 206 202 0142.' : null}
      </p>
    </form>
    <fieldset class="kinds">
      <legend class="visually-hidden">How it takes texts</legend>
      ${HANDSET_KINDS.map(
        (kind) => html`<label class="kind" key=${kind}>
          <input
            type="radio"
            name="kind"
            value=${kind}
            checked=${handsetKind(number) === kind}
            aria-describedby="kind-tells"
            onChange=${() => {
              isRefused.value = false;
              becomeKind(kind);
            }}
          />
          <span>${KIND_WORDS[kind].name}</span>
        </label>`,
      )}
    </fieldset>
    <p class="card__note" id="kind-tells">${KIND_WORDS[handsetKind(number)].tells}</p>
  </section>`;
}
