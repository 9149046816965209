import { useSignal } from '@preact/signals';
import type { SetUpTrigger } from '../../../src/domain/practice/set-up.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { badge, hidden } from '../../design/parts.ts';
import { triggerTitle } from '../../design/trigger-words.ts';
import { focusSoon, notify, pageHref, practicePath, request } from '../../shell/page.ts';

interface Texts {
  practiceId: string;
  triggers: SetUpTrigger[];
  reload: () => Promise<void>;
}

/** What callers will get, word for word: somebody who knows the practice stands by each. */
export function TextsCard({ practiceId, triggers, reload }: Texts): VNode {
  const busy = useSignal<string | null>(null);
  const error = useSignal<string | null>(null);

  async function confirm({ id, text }: SetUpTrigger): Promise<void> {
    if (busy.peek() !== null) return;
    busy.value = id;
    const path = `${practicePath(practiceId)}/triggers/${encodeURIComponent(id)}/text-review`;
    const answer = await request<null>('PUT', path, { text });
    await reload();
    busy.value = null;
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    notify('Noted: this text is right');
    // The button that had the keyboard is gone.
    focusSoon('#texts-title');
  }

  return html`<section class="section" aria-labelledby="texts-title">
    <div>
      <h2 class="section__title" id="texts-title" tabindex="-1">Texts</h2>
      <p class="section__aside">Read each as a caller would. Saving another one under Triggers counts as well.</p>
    </div>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <ul class="rows">
      ${triggers.map(
        (trigger) => html`<li class="rows__row text-row" key=${trigger.id}>
          <div class="rows__main">
            <p class="text-row__title"><strong>${triggerTitle(trigger)}</strong>${trigger.reviewedAt === null ? badge('To look at', 'warn') : badge('Right', 'ok')}</p>
            <p class="text-row__text" lang=${trigger.language} dir="auto">${trigger.text}</p>
          </div>
          <div class="rows__end">
            <a class="button button--quiet" data-inbox href=${pageHref({ name: 'triggers', path: [trigger.id] })}>Change it${hidden(`: ${triggerTitle(trigger)}`)}</a>
            ${
              trigger.reviewedAt === null
                ? html`<button type="button" class="button" aria-disabled=${busy.value === null ? undefined : 'true'} onClick=${() => void confirm(trigger)}>${icon('check')}It is right${hidden(`: ${triggerTitle(trigger)}`)}</button>`
                : null
            }
          </div>
        </li>`,
      )}
    </ul>
  </section>`;
}
