import type { Activity } from '../../../src/domain/activity/activity.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';

/** What the activity tells of one firing, as far as it is shown here. */
export interface Trace {
  activity: Pick<Activity, 'outcome' | 'decisions' | 'conversationId'>;
  steps: { step: string; at: number; afterMs: number; words: string }[];
}

const LAST_STEPS = new Set(['delivered', 'failed', 'cancelled', 'unsure']);

/** Whether nothing more is to come. */
export function isTraceOver({ activity, steps }: Trace): boolean {
  const last = steps.at(-1);
  return last === undefined ? activity.outcome !== 'texting' : LAST_STEPS.has(last.step);
}

/** Each decision in its order, then the way of the text, with the time that each step took. */
export function traceList({ activity, steps }: Trace): VNode {
  return html`<ol class="trace">
    ${activity.decisions.map(
      (
        { check, isPassed, words },
        index,
      ) => html`<li class="trace__step" data-is=${isPassed ? 'passed' : 'stopped'} key=${`${check} ${index}`}>
        ${icon(isPassed ? 'check' : 'close')}<span>${hidden(isPassed ? 'Passed: ' : 'Stopped: ')}${words}</span>
      </li>`,
    )}
    ${steps.map(
      ({
        step,
        at,
        afterMs,
        words,
      }) => html`<li class="trace__step" data-is=${step === 'failed' ? 'stopped' : 'passed'} key=${`${step} ${at}`}>
        ${icon(step === 'failed' ? 'alert' : step === 'delivered' ? 'double-check' : 'send')}<span>${words}</span>
        <span class="trace__time">${hidden('after ')}${durationWords(afterMs)}</span>
      </li>`,
    )}
  </ol>`;
}

function durationWords(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}
