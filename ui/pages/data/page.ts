import { useSignal } from '@preact/signals';
import type { EnterpriseRetentionAnswer, RetentionAnswer } from '../../../src/domain/practice/retention.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import type { PageProps } from '../../shell/page.ts';
import { dataApi } from './data-api.ts';
import { HoldsCard } from './holds-card.ts';
import { KeepingCard } from './keeping-card.ts';
import { lastRun } from './last-run.ts';

type Load =
  | { is: 'loading' }
  | { is: 'ready'; practice: RetentionAnswer; enterprise: EnterpriseRetentionAnswer | null }
  | { is: 'failed'; message: string };

/** How long things are kept, what is on hold, and how everything is taken out. `hold` names a conversation to be held. */
export function Page({ practice, search }: PageProps): VNode {
  const api = dataApi(practice.id);
  const isAdmin = practice.role === 'admin';
  const load = useSignal<Load>({ is: 'loading' });
  const asked = search.get('hold') ?? '';
  const wanted = /^[0-9a-f]{64}$/.test(asked) ? asked : null;

  async function fetchAll(): Promise<void> {
    const [own, above] = await Promise.all([api.practice(), isAdmin ? api.enterprise() : null]);
    if (!own.ok) load.value = { is: 'failed', message: own.message };
    else if (above !== null && !above.ok) load.value = { is: 'failed', message: above.message };
    else load.value = { is: 'ready', practice: own.value, enterprise: above?.value ?? null };
  }
  useEffect(() => void fetchAll(), [practice.id]);
  const changed = () => void fetchAll();

  return html`
    ${pageHead({ title: 'Keeping and exporting', lead: 'How long Offhook keeps things, what is never deleted, and how you take everything with you.' })}
    <div class="page__body data">${content()}</div>
  `;

  function content(): VNode {
    const current = load.value;
    switch (current.is) {
      case 'loading':
        return skeleton(4, 'row', 'Loading what is kept');
      case 'failed': {
        const again = html`<button type="button" class="button" onClick=${changed}>Try again</button>`;
        return emptyState('alert', 'This could not be loaded', current.message, again);
      }
      case 'ready':
        return html`
          <${KeepingCard} id="keep" title="Kept in this practice" lead="Every night, what is older is deleted for good." unset="As the enterprise"
            stored=${current.practice} save=${api.setPractice} changed=${changed} />
          ${lastRun(current.practice.lastRun, practice.timeZone)}
          <${HoldsCard} api=${api} practice=${practice} holds=${current.practice.holds} wanted=${wanted} changed=${changed} />
          ${exports()}
          ${
            current.enterprise === null
              ? null
              : html`<${KeepingCard} id="keep-all" title="Kept in all practices" lead="Where a practice sets nothing of its own." unset="As Offhook comes"
                  stored=${current.enterprise} save=${api.setEnterprise} changed=${changed} />`
          }
        `;
    }
  }

  function exports(): VNode {
    return html`<section class="section" aria-labelledby="exports-title">
      <div class="section__head"><h2 class="section__title" id="exports-title">Take everything with you</h2></div>
      <div class="card">
        <p class="data-lead">All conversations of this practice with their messages, one JSON object a line. However much it is, it comes as it is read. Should it be cut off, take the last <code>cursor</code> of the file and go on at <code>${api.exportHref}?cursor=…</code>.</p>
        <div class="form__actions"><a class="button" href=${api.exportHref} download>${icon('file')}Export all conversations</a></div>
        <p class="data-lead">One conversation: open it, and choose “Print or keep” at its head. The audit log has an export of its own. Each export is in the audit log.</p>
      </div>
    </section>`;
  }
}
