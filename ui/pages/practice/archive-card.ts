import { useSignal } from '@preact/signals';
import type { PracticeProfile } from '../../../src/domain/practice/practice-profile.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { html, type VNode } from '../../design/html.ts';
import { pageHref } from '../../shell/page.ts';
import type { PracticeApi } from './practice-api.ts';

/** Nothing is ever deleted with its data: a practice that is over is put away. */
export function ArchiveCard({ practice, api }: { practice: PracticeProfile; api: PracticeApi }): VNode {
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);

  async function archive(): Promise<void> {
    isBusy.value = true;
    const answer = await api.archive();
    isBusy.value = false;
    if (!answer.ok) {
      error.value = answer.message;
      return;
    }
    // Anew, since nothing that is on screen is theirs to see any more.
    location.assign('/');
  }

  return html`<section class="card" aria-labelledby="archive-title">
    <h2 class="section__title" id="archive-title">When it is over</h2>
    <p>An archived practice is gone from everybody’s menu. Its conversations stay, and an admin can bring it back under Enterprise. Its <a data-inbox href=${pageHref({ name: 'lines' })}>lines</a> have to be retired first.</p>
    <div class="form__actions">
      <button type="button" class="button button--danger" onClick=${() => {
        error.value = null;
        isAsking.value = true;
      }}>Archive…</button>
    </div>
    <${ConfirmDialog}
      id="archive"
      title=${`Archive ${practice.name}?`}
      text="Nobody sees it in their menu any more, at once. Nothing is deleted, and an admin can bring it back."
      isOpen=${isAsking.value}
      isBusy=${isBusy.value}
      error=${error.value}
      does="Archive"
      isDangerous
      confirm=${() => void archive()}
      cancel=${() => {
        isAsking.value = false;
      }}
    />
  </section>`;
}
