import { useSignal } from '@preact/signals';
import { firstTextFault, tidyFirstText } from '../../../src/domain/triggers/first-text.ts';
import {
  HOURS_RULES,
  type HoursRule,
  MAX_HOLD_SECONDS,
  MAX_SPARING_MINUTES,
  type TriggerRules,
} from '../../../src/domain/triggers/trigger-rules.ts';
import { choices, describedBy, field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { useFetched } from '../../design/use-fetched.ts';
import { focusNow, useUnsaved } from '../../shell/page.ts';
import { type Opened, save } from './opened.ts';
import { firstTextMeasure } from './text-facts.ts';

const HOURS_WORDS: Record<HoursRule, { label: string; help: string }> = {
  always: { label: 'Text all the same', help: 'Around the clock. Most practices choose this.' },
  'other-text': { label: 'Text something else', help: 'Such as when you open, and whom to call until then.' },
  hold: { label: 'Hold it until you open', help: 'The text leaves when the practice opens again.' },
  nothing: { label: 'Text nothing', help: 'The call is listed in Activity as “closed”.' },
};

type Measure = 'cooldownMinutes' | 'liveMinutes' | 'holdSeconds';

interface MeasureWords {
  rule: Measure;
  label: string;
  unit: string;
  most: number;
  help: string;
}

const MEASURES: readonly MeasureWords[] = [
  {
    rule: 'holdSeconds',
    label: 'Wait before the text leaves',
    unit: 'seconds',
    most: MAX_HOLD_SECONDS,
    help: 'It is called off if the caller gets through, presses the key or texts first.',
  },
  {
    rule: 'cooldownMinutes',
    label: 'Who calls again is not texted again for',
    unit: 'minutes',
    most: MAX_SPARING_MINUTES,
    help: 'Staff see “called again” in the conversation instead.',
  },
  {
    rule: 'liveMinutes',
    label: 'A conversation is not interrupted for',
    unit: 'minutes',
    most: MAX_SPARING_MINUTES,
    help: 'Counted from its last text, either way.',
  },
];

/** How it spares its callers, and what it does out of hours. */
export function RulesCard({ opened }: { opened: Opened }): VNode {
  const { rules } = opened.trigger;
  const draft = useSignal<Partial<TriggerRules>>({});
  const wouldHappen = useFetched(true, async () => (await import('./would-happen.ts')).WouldHappenForm);
  /** What stood there when the change began. */
  const base = useSignal<TriggerRules | null>(null);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const shown = { ...rules, ...draft.value };
  const changed = (Object.keys(draft.value) as (keyof TriggerRules)[]).filter(
    (rule) => shown[rule] !== rules[rule],
  );
  useUnsaved(changed.length > 0);

  const set = (change: Partial<TriggerRules>) => {
    if (changed.length === 0) base.value = rules;
    draft.value = { ...draft.value, ...change };
    error.value = null;
  };
  const faults = faultsOf(shown);
  const firstFault = Object.keys(faults)[0];

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.value || changed.length === 0) return;
    if (firstFault !== undefined) {
      focusNow(`#${firstFault}`);
      return;
    }
    isBusy.value = true;
    const wanted = pick(tidied(shown), changed);
    const saved = await save(
      opened,
      { rules: wanted },
      { rules: pick(base.value ?? rules, changed) },
      'Rules saved.',
    );
    isBusy.value = false;
    switch (saved.is) {
      case 'saved':
        draft.value = {};
        return;
      case 'conflict':
        // What they are now counts as seen.
        base.value = null;
        error.value =
          'Somebody else changed these rules meanwhile. Save again to put yours in their place, or discard yours.';
        return;
      case 'refused':
        error.value = saved.message;
    }
  }

  return html`<section class="card" aria-labelledby="rules-title">
    <h2 class="section__title" id="rules-title">Rules</h2>
    <form class="form" noValidate onSubmit=${submit}>
      ${MEASURES.map((words) => measureField(words, shown[words.rule], faults[words.rule] ?? null, set))}
      ${choices(
        'hours-rule',
        'When the practice is closed',
        HOURS_RULES.map((value) => ({ value, ...HOURS_WORDS[value] })),
        shown.hoursRule,
        (hoursRule) => set({ hoursRule }),
      )}
      ${shown.hoursRule === 'other-text' ? closedField(shown.closedText ?? '', faults.closedText ?? null, opened.trigger.language, set) : null}
      <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
      <div class="form__actions">
        <button class="button button--primary" type="submit" aria-disabled=${changed.length > 0 && !isBusy.value ? undefined : 'true'}>
          ${isBusy.value ? 'Saving…' : 'Save rules'}
        </button>
        ${
          changed.length > 0
            ? html`<button type="button" class="button button--quiet" onClick=${() => {
                draft.value = {};
                error.value = null;
              }}>Discard</button>`
            : html`<span class="field__help">Saved</span>`
        }
      </div>
    </form>
    ${wouldHappen.is === 'there' ? html`<${wouldHappen.View} opened=${opened} />` : null}
    ${wouldHappen.is === 'failed' ? html`<p class="field__error">What would happen at some instant could not be loaded. Check the connection.</p>` : null}
  </section>`;
}

type Set = (change: Partial<TriggerRules>) => void;

function measureField(
  { rule, label, unit, most, help }: MeasureWords,
  value: number,
  error: string | null,
  set: Set,
): VNode {
  const control = html`<span class="field__measure">
    <input
      id=${rule}
      type="number"
      inputmode="numeric"
      min="0"
      max=${most}
      step="1"
      value=${Number.isNaN(value) ? '' : value}
      aria-invalid=${error === null ? undefined : 'true'}
      aria-describedby=${describedBy({ id: rule, help, error })}
      onInput=${(event: Event) => set({ [rule]: (event.currentTarget as HTMLInputElement).valueAsNumber })}
    />
    ${unit}
  </span>`;
  return field({ id: rule, label, control, help, error });
}

function closedField(text: string, error: string | null, language: string, set: Set): VNode {
  const id = 'closedText';
  const control = html`<textarea
      id=${id}
      rows="4"
      dir="auto"
      lang=${language}
      aria-invalid=${error === null ? undefined : 'true'}
      aria-describedby=${[describedBy({ id, error }), 'closed-measure'].filter(Boolean).join(' ')}
      value=${text}
      onInput=${(event: Event) => set({ closedText: (event.currentTarget as HTMLTextAreaElement).value })}
    ></textarea>
    ${firstTextMeasure(text, 'closed-measure')}`;
  return field({ id, label: 'Text while closed', control: html`<div>${control}</div>`, error });
}

function faultsOf(rules: TriggerRules): Partial<Record<keyof TriggerRules, string>> {
  const measures = MEASURES.flatMap(({ rule, most, unit }) => {
    const value = rules[rule];
    const isRight = Number.isInteger(value) && value >= 0 && value <= most;
    return isRight ? [] : [[rule, `Give whole ${unit}, from 0 to ${most}.`] as const];
  });
  const closed =
    rules.hoursRule === 'other-text' ? firstTextFault(tidyFirstText(rules.closedText ?? '')) : null;
  return { ...Object.fromEntries(measures), ...(closed === null ? {} : { closedText: closed }) };
}

function tidied(rules: TriggerRules): TriggerRules {
  const { closedText } = rules;
  return { ...rules, closedText: closedText === null ? null : tidyFirstText(closedText) || null };
}

function pick(rules: TriggerRules, names: readonly (keyof TriggerRules)[]): Partial<TriggerRules> {
  return Object.fromEntries(names.map((name) => [name, rules[name]]));
}
