import { useSignal } from '@preact/signals';
import type { CarrierOffer } from '../../../src/domain/practice/line-settings.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { formatInFull, formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { badge } from '../../design/parts.ts';
import { notify, type PageProps, pageHref } from '../../shell/page.ts';
import { CarrierCard } from './carrier-card.ts';
import { LineForm } from './line-form.ts';
import type { LinesApi, ShownLine } from './lines-api.ts';

export interface OpenedLine {
  practice: PageProps['practice'];
  line: ShownLine;
  carriers: CarrierOffer[];
  api: LinesApi;
  /** The line as the server has it now. */
  changed: (line: ShownLine) => void;
  reload: () => Promise<void>;
}

/** One line: how texts leave by it, whether its carrier knows us, and its end. */
export function LinePage(opened: OpenedLine): VNode {
  const { line, practice } = opened;
  const isRetired = line.retiredAt !== null;
  return html`
    ${pageHead({
      title: line.name,
      lead: formatNumber(line.number),
      back: { href: pageHref({}), label: 'Lines' },
      marks: isRetired ? badge('Retired') : null,
    })}
    <div class="page__body lines-page">
      ${
        isRetired
          ? html`<p class="callout callout--plain">Retired ${formatInFull(line.retiredAt ?? 0, practice.timeZone)}. No trigger texts from it. Who writes to it is still heard, for as long as your carrier has the number.</p>`
          : html`
              <${CarrierCard} ...${opened} />
              <${LineForm} ...${opened} />
              <section class="card" aria-labelledby="more-title">
                <h2 class="section__title" id="more-title">Beside it</h2>
                <ul class="links">
                  <li><a data-inbox href=${pageHref({ name: 'triggers' })}>Triggers</a>, which say what callers get from it</li>
                  <li><a data-inbox href=${pageHref({ name: 'hours', path: [line.id] })}>Hours of this line</a>, where they differ from the practice</li>
                </ul>
              </section>
            `
      }
      <${EndCard} ...${opened} />
    </div>
  `;
}

function EndCard({ line, api, reload }: OpenedLine): VNode {
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  const isRetired = line.retiredAt !== null;

  async function act(): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    const answer = isRetired ? await api.bringBack(line.id) : await api.retire(line.id);
    isBusy.value = false;
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    isAsking.value = false;
    notify(isRetired ? `${line.name} is in use again. Give it triggers.` : `${line.name} is retired`);
    await reload();
  }

  return html`<section class="card" aria-labelledby="end-title">
    <h2 class="section__title" id="end-title">${isRetired ? 'In use again' : 'When it is over'}</h2>
    <p>${
      isRetired
        ? 'It comes back with its number, carrier and hours. Its triggers ended for good: add new ones.'
        : 'A retired line texts nobody by itself: its triggers end for good. Its conversations stay, and callers who write to it are still heard.'
    }</p>
    <div role="alert">${error.value === null || isAsking.value ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions">
      ${
        isRetired
          ? html`<button type="button" class="button" onClick=${() => void act()}>Bring it back</button>`
          : html`<button type="button" class="button button--danger" onClick=${() => {
              error.value = null;
              isAsking.value = true;
            }}>Retire…</button>`
      }
    </div>
    <${ConfirmDialog}
      id="retire"
      title=${`Retire ${line.name}?`}
      text="The addresses of its triggers end at once and for good. Point your phone system elsewhere first."
      isOpen=${isAsking.value}
      isBusy=${isBusy.value}
      error=${error.value}
      does="Retire"
      isDangerous
      confirm=${() => void act()}
      cancel=${() => {
        isAsking.value = false;
      }}
    />
  </section>`;
}
