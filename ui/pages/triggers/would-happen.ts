import { useSignal } from '@preact/signals';
import { wallInstant } from '../../../src/domain/hours/wall-instant.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { type WouldHappen, wouldHappenWords } from '../../design/would-happen-words.ts';
import { minute } from '../../shell/page.ts';
import type { Opened } from './opened.ts';

/** "What would happen at …", by the rules as they are saved. */
export function WouldHappenForm({ opened }: { opened: Opened }): VNode {
  const { api, trigger, practice } = opened;
  const told = useSignal<string | null>(null);
  const written = useSignal('');

  // What was told is of other rules.
  useEffect(() => {
    told.value = null;
  }, [trigger]);

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    // What is typed is meant as the clock in the practice shows it, wherever the browser is.
    const at = written.value === '' ? Date.now() : wallInstant(written.value, practice.timeZone);
    if (at === null) {
      told.value = 'Choose a day and a time first.';
      return;
    }
    const answer = await api.wouldHappen(trigger.id, at);
    told.value = answer.ok ? words(answer.value, practice.timeZone) : answer.message;
  }

  return html`<form class="would-happen" onSubmit=${ask}>
    <div class="field">
      <label for="would-happen-at">What would happen at…</label>
      <input
        id="would-happen-at"
        type="datetime-local"
        value=${written.value}
        onInput=${(event: Event) => {
          written.value = (event.currentTarget as HTMLInputElement).value;
        }}
      />
    </div>
    <button type="submit" class="button">Tell me</button>
    <p class="would-happen__told" role="status">${told.value}</p>
  </form>`;
}

function words(would: WouldHappen, timeZone: string): string {
  const at = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    would.at,
  );
  return `${at} at the practice: ${wouldHappenWords(would, minute.value, timeZone)}`;
}
