import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PracticeProfile } from '../../../src/domain/practice/practice-profile.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { type Answer, type PageProps, session } from '../../shell/page.ts';
import { ArchiveCard } from './archive-card.ts';
import { ConfigurationCard } from './configuration-card.ts';
import { practiceApi } from './practice-api.ts';
import { ProfileForm } from './profile-form.ts';

/** What the practice is: its name, kind, clock and number. */
export function Page({ practice }: PageProps): VNode {
  const api = useMemo(() => practiceApi(practice.id), [practice.id]);
  const answer = useSignal<Answer<{ practice: PracticeProfile }> | null>(null);
  const load = async () => {
    answer.value = await api.get();
  };
  useEffect(() => void load(), [api]);

  const current = answer.value;
  if (current === null) return framed(skeleton(4, 'row', 'Loading the practice'));
  if (!current.ok) {
    const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
    return framed(emptyState('alert', 'The practice could not be loaded', current.message, again));
  }
  const changed = (now: PracticeProfile) => {
    answer.value = { ok: true, value: { practice: now } };
  };
  return framed(html`
    <${ProfileForm} saved=${current.value.practice} api=${api} changed=${changed} />
    <${ConfigurationCard} practiceId=${practice.id} taken=${() => void load()} />
    ${session.value?.staff.isAdmin ? html`<${ArchiveCard} practice=${current.value.practice} api=${api} />` : null}
  `);
}

function framed(content: VNode): VNode {
  const lead = 'What callers and colleagues see of it, and the clock that it goes by.';
  return html`${pageHead({ title: 'Practice', lead })}<div class="page__body practice-page">${content}</div>`;
}
