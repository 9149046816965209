import type { SetUpAnswer, SetUpStep } from '../../../src/domain/practice/set-up.ts';
import { formatListTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, hidden, skeleton } from '../../design/parts.ts';
import { pageOfStep, progressOf, STEP_WORDS } from '../../design/set-up-words.ts';
import { minute, type PageProps, pageHref } from '../../shell/page.ts';
import { useSetUp } from '../../shell/use-set-up.ts';
import { TextsCard } from './texts-card.ts';

/** What there is to do before callers arrive, ticked by what is so. */
export function Page({ practice }: PageProps): VNode {
  const { answer, reload } = useSetUp(practice.id);
  if (answer === null) return framed(null, skeleton(6, 'row', 'Loading the steps'));
  if (!answer.ok) {
    const again = html`<button type="button" class="button" onClick=${() => void reload()}>Try again</button>`;
    return framed(null, emptyState('alert', 'The steps could not be loaded', answer.message, again));
  }
  const { steps, triggers } = answer.value;
  const { next } = progressOf(steps);
  return framed(
    answer.value,
    html`
      <ol class="steps">${steps.map((step) => stepItem(step, step === next, practice.timeZone))}</ol>
      ${triggers.length === 0 ? null : html`<${TextsCard} practiceId=${practice.id} triggers=${triggers} reload=${reload} />`}
    `,
  );
}

function framed(found: SetUpAnswer | null, content: VNode): VNode {
  const lead = found === null ? 'From nothing to the first call.' : progressWords(progressOf(found.steps));
  return html`${pageHead({ title: 'Set-up', lead })}<div class="page__body set-up-page">${content}</div>`;
}

function progressWords({ done, all, next }: ReturnType<typeof progressOf>): string {
  return next === null
    ? `All ${all} steps are done. They tick by themselves, and untick when something ends.`
    : `${done} of ${all} done. Steps tick by themselves, as soon as they are so.`;
}

function stepItem(step: SetUpStep, isNext: boolean, timeZone: string): VNode {
  const { id, state, facts, missing } = step;
  const mark = state === 'done' ? 'check' : isNext ? 'play' : 'clock';
  const href = id === 'texts' ? '#texts-title' : pageHref({ name: pageOfStep(step) });
  return html`<li class="step" key=${id} data-state=${state} data-step=${id} aria-current=${isNext ? 'step' : undefined}>
    <span class="step__mark">${icon(mark)}</span>
    <div class="step__words">
      <h2 class="step__title">
        <a data-inbox=${id === 'texts' ? undefined : ''} href=${href}>${STEP_WORDS[id].title}</a>${hidden(said(state, isNext))}
      </h2>
      ${facts.map(({ words, at }) => html`<p key=${words} class="step__fact">${icon('check')}<span>${words}${at === null ? null : html`<span class="step__when"> · ${formatListTime(at, minute.value, timeZone)}</span>`}</span></p>`)}
      ${missing.map((words) => html`<p key=${words} class="step__missing">${words}</p>`)}
    </div>
  </li>`;
}

function said(state: SetUpStep['state'], isNext: boolean): string {
  switch (state) {
    case 'done':
      return ', done';
    case 'elsewhere':
      return ', in another environment';
    case 'open':
      return isNext ? ', next' : ', still to do';
  }
}
