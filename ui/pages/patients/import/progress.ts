import { html, type VNode } from '../../../design/html.ts';
import { icon } from '../../../design/icon.ts';
import { pageHref } from '../../../shell/page.ts';
import type { FaultFile } from './fault-file.ts';
import type { Stage } from './import-page.ts';

const number = new Intl.NumberFormat('en-US');

export function running(
  { opened, progress, isCancelling }: Extract<Stage, { is: 'running' }>,
  cancel: () => void,
): VNode {
  const { bytes, isWaiting, import: now } = progress;
  const share = opened.file.size === 0 ? 0 : Math.min(100, Math.floor((bytes / opened.file.size) * 100));
  return html`<section class="card" aria-labelledby="import-title">
    <h2 class="section__title" id="import-title" tabindex="-1">Importing ${opened.file.name}</h2>
    <progress class="import-bar" max="100" value=${share} aria-labelledby="import-title">${share} %</progress>
    <p class="rows__more">${number.format(now.rowsDone)} rows read, ${counts(now)}. Keep this page open.</p>
    <p role="status" class=${isWaiting ? 'callout callout--warn' : 'visually-hidden'}>${
      isWaiting
        ? 'The connection is gone. It goes on by itself as soon as it is back.'
        : `${share - (share % 10)} percent`
    }</p>
    <div class="form__actions">
      <button type="button" class="button" aria-disabled=${isCancelling ? 'true' : undefined} onClick=${() => {
        if (!isCancelling) cancel();
      }}>${isCancelling ? 'Ending…' : 'Cancel'}</button>
      <span class="field__help">What is imported by then stays.</span>
    </div>
  </section>`;
}

interface Actions {
  again: () => void;
  another: () => void;
}

export function ended(
  { opened, import: now, ended: outcome }: Extract<Stage, { is: 'ended' }>,
  faults: FaultFile,
  { again, another }: Actions,
): VNode {
  const canGoOn = outcome.is === 'failed' && outcome.canGoOn;
  return html`<section class="card" aria-labelledby="import-title">
    <h2 class="section__title" id="import-title" tabindex="-1">${titleOf(outcome.is)}</h2>
    ${outcome.is === 'failed' ? html`<p class="callout callout--danger" role="alert">${outcome.message}</p>` : null}
    <dl class="facts">
      <dt>File</dt><dd class="patient__id">${opened.file.name}</dd>
      <dt>Rows read</dt><dd>${number.format(now.rowsDone)}</dd>
      <dt>Added</dt><dd>${number.format(now.added)}</dd>
      <dt>Changed</dt><dd>${number.format(now.changed)}</dd>
      <dt>Left out</dt><dd>${number.format(now.refused)}</dd>
    </dl>
    <p class="field__help">${
      outcome.is === 'finished'
        ? 'Callers with these numbers are shown with their names, also in conversations that there are. The same file again changes nothing.'
        : 'What was imported stays. The same file again changes nothing that is in already.'
    }</p>
    <div class="form__actions">
      ${faults.count === 0 ? null : html`<button type="button" class="button" onClick=${() => faults.save('rows-to-look-at.csv')}>${icon('file')}Save what was wrong (${number.format(faults.count)})</button>`}
      ${canGoOn ? html`<button type="button" class="button button--primary" onClick=${again}>Go on</button>` : null}
      <a class="button" data-inbox href=${pageHref({})}>Show the patients</a>
      <button type="button" class="button" onClick=${another}>Import another file</button>
    </div>
  </section>`;
}

function titleOf(outcome: 'finished' | 'stopped' | 'failed'): string {
  switch (outcome) {
    case 'finished':
      return 'Imported';
    case 'stopped':
      return 'The import was called off';
    case 'failed':
      return 'The import could not go on';
  }
}

function counts({ added, changed, refused }: { added: number; changed: number; refused: number }): string {
  return `${number.format(added)} added, ${number.format(changed)} changed, ${number.format(refused)} left out`;
}
