import { useSignal } from '@preact/signals';
import type { Replayed } from '../../../src/domain/activity/activity-entry.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { badge } from '../../design/parts.ts';
import { type Answer, announce } from '../../shell/page.ts';
import { replayed } from './activity-api.ts';
import { decisionList } from './decision-list.ts';
import { outcomeChip } from './outcome-chip.ts';

/** What would become of the same call now: for whoever has just changed something. */
export function Replay({ practiceId, id }: { practiceId: string; id: string }): VNode {
  const answer = useSignal<Answer<Replayed> | null>(null);
  const isBusy = useSignal(false);
  const run = async () => {
    if (isBusy.peek()) return;
    isBusy.value = true;
    answer.value = await replayed(practiceId, id);
    isBusy.value = false;
    if (answer.value.ok) announce('The dry run is done');
  };
  return html`<section class="replay" aria-label="Dry run">
    <div class="opened__actions">
      <button type="button" class="button" aria-disabled=${isBusy.value ? 'true' : undefined} onClick=${() => void run()}>
        ${icon('play')}${isBusy.value ? 'Deciding…' : 'Replay as a dry run'}
      </button>
      <p class="opened__aside">Decides about the same call as if it came now. Nothing is sent.</p>
    </div>
    <div role="alert">${answer.value?.ok === false ? html`<p class="callout callout--danger">${answer.value.message}</p>` : null}</div>
    ${answer.value?.ok ? outcome(answer.value.value) : null}
  </section>`;
}

function outcome(replay: Replayed): VNode {
  return html`<div class="card replay__outcome">
    <p>If it came now: ${verdict(replay)}</p>
    ${decisionList(replay.decisions)}
  </div>`;
}

/** A dry run that got to the end says so by itself; what stopped it before is the answer. */
function verdict({ outcome, decisions }: Replayed): VNode {
  if (outcome !== 'dry-run') return outcomeChip({ outcome, failure: null });
  const isStopped = decisions.some(({ check, isPassed }) => !isPassed && check !== 'dry-run');
  return isStopped ? badge('No text would leave') : badge('A text would leave', 'ok');
}
