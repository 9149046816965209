import type { DeletionRun } from '../../../src/domain/practice/retention.ts';
import { formatInFull } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';

/** What the last night did. */
export function lastRun(run: DeletionRun | null, timeZone: string): VNode {
  return html`<section class="section" aria-labelledby="last-run-title">
    <div class="section__head"><h2 class="section__title" id="last-run-title">The last night</h2></div>
    <div class="card">${run === null ? html`<p>Nothing has been deleted yet. Offhook looks every night between two and five.</p>` : facts(run, timeZone)}</div>
  </section>`;
}

function facts({ beganAt, endedAt, deleted, held, failed }: DeletionRun, timeZone: string): VNode {
  return html`<dl class="facts">
    <dt>Began</dt><dd>${formatInFull(beganAt, timeZone)}</dd>
    <dt>Ended</dt><dd>${endedAt === null ? 'It is under way, and goes on by itself.' : formatInFull(endedAt, timeZone)}</dd>
    <dt>Conversations deleted</dt><dd>${deleted.toLocaleString('en-US')}</dd>
    <dt>Kept, on hold</dt><dd>${held.toLocaleString('en-US')}</dd>
    ${failed === 0 ? null : html`<dt>Could not be deleted</dt><dd>${failed.toLocaleString('en-US')}; they are tried again the next night.</dd>`}
  </dl>`;
}
