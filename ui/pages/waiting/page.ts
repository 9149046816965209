import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import type { Answer, PageProps } from '../../shell/page.ts';
import { WaitingEditor } from './editor.ts';
import { type Stored, waitingApi } from './waiting-api.ts';

/** How long callers may wait, which words cannot wait at all, and what they are told while it is closed. */
export function Page({ practice }: PageProps): VNode {
  const api = useMemo(() => waitingApi(practice.id), [practice.id]);
  const answer = useSignal<Answer<Stored> | null>(null);
  const load = async () => {
    answer.value = await api.get();
  };
  useEffect(() => void load(), [api]);
  return html`
    ${pageHead({ title: 'Waiting and urgent', lead: 'How long callers may wait, who is told when they wait for longer, and what cannot wait at all.' })}
    <div class="page__body waiting-page">${content()}</div>
  `;

  function content(): VNode {
    const current = answer.value;
    if (current === null) return skeleton(6, 'row', 'Loading');
    if (!current.ok) {
      const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
      return emptyState('alert', 'This could not be loaded', current.message, again);
    }
    const changed = (stored: Stored) => {
      answer.value = { ok: true, value: stored };
    };
    return html`<${WaitingEditor} practiceId=${practice.id} api=${api} stored=${current.value} changed=${changed} />`;
  }
}
