import type { SetUpStep } from '../../src/domain/practice/set-up.ts';
import { html, type VNode } from '../design/html.ts';
import { icon } from '../design/icon.ts';
import { hidden } from '../design/parts.ts';
import { pageOfStep, progressOf, STEP_WORDS } from '../design/set-up-words.ts';
import { pageHref } from '../inbox/actions/navigation.ts';
import { practice } from '../inbox/store.ts';
import { useSetUp } from './use-set-up.ts';

/** On the empty inbox: what is still to be done before callers arrive in it. Gone when all of it is. */
export function SetUpList(): VNode | null {
  const { answer } = useSetUp(practice.value?.id ?? '');
  if (!answer?.ok) return null;
  const { steps } = answer.value;
  const { done, all, next } = progressOf(steps);
  if (next === null) return null;
  return html`<section class="set-up-list" aria-labelledby="set-up-list-title">
    <h3 class="set-up-list__title" id="set-up-list-title">Setting up: ${done} of ${all} done</h3>
    <ol>${steps.filter(({ state }) => state !== 'elsewhere').map((step) => item(step, step === next))}</ol>
  </section>`;
}

function item(step: SetUpStep, isNext: boolean): VNode {
  const isDone = step.state === 'done';
  return html`<li key=${step.id} data-done=${String(isDone)}>
    <a class="view-link" data-inbox href=${pageHref({ name: pageOfStep(step) })} aria-current=${isNext ? 'step' : undefined}>
      ${icon(isDone ? 'check' : isNext ? 'play' : 'clock')}<span class="view-link__name">${STEP_WORDS[step.id].title}</span>${hidden(isDone ? ', done' : isNext ? ', next' : ', still to do')}
    </a>
  </li>`;
}
