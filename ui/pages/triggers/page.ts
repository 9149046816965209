import { useSignal } from '@preact/signals';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import type { Answer, PageProps } from '../../shell/page.ts';
import { triggerList } from './list.ts';
import { type Triggers, triggersOf } from './triggers-api.ts';

export function Page({ practice }: PageProps): VNode {
  const answer = useSignal<Answer<Triggers> | null>(null);
  const load = async () => {
    answer.value = await triggersOf(practice.id);
  };
  useEffect(() => void load(), [practice.id]);

  return html`
    ${pageHead({ title: 'Triggers', lead: 'What your phone system calls, and the text that a caller then gets.' })}
    <div class="page__body">${content(answer.value, () => void load())}</div>
  `;
}

function content(answer: Answer<Triggers> | null, again: () => void): VNode {
  if (answer === null) return skeleton(4, 'row', 'Loading triggers');
  if (answer.ok) return triggerList(answer.value);
  const button = html`<button type="button" class="button" onClick=${again}>Try again</button>`;
  return emptyState('alert', 'The triggers could not be loaded', answer.message, button);
}
