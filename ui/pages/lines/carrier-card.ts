import { useSignal } from '@preact/signals';
import { CopyButton } from '../../design/copy-button.ts';
import { formatListTime, formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { announce, minute, useFrames } from '../../shell/page.ts';
import { CARRIER_WORDS, PASTE_WORDS } from './carrier-words.ts';
import type { OpenedLine } from './line-page.ts';

/** Whether texts can leave and come in: what the carrier says, and what has been seen of it. */
export function CarrierCard({ practice, line, carriers, api, changed, reload }: OpenedLine): VNode {
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  const offer = carriers.find(({ name }) => name === line.carrier);
  const { label } = CARRIER_WORDS[line.carrier];

  // A text that comes in is seen here without asking again.
  useFrames((frame) => {
    if (frame.type === 'conversation' && frame.conversation.line.id === line.id && line.textInAt === null)
      void reload();
  });

  async function check(): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    const answer = await api.check(line.id);
    isBusy.value = false;
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    changed(answer.value.line);
    announce(answer.value.line.carrierCheck?.words ?? '');
  }

  const checked = line.carrierCheck;
  return html`<section class="card" aria-labelledby="carrier-title">
    <div class="section__head">
      <h2 class="section__title" id="carrier-title">Carrier: ${label}</h2>
      <button type="button" class="button" aria-disabled=${isBusy.value ? 'true' : undefined} onClick=${() => void check()}>${isBusy.value ? 'Asking…' : checked === null ? 'Check it' : 'Check again'}</button>
    </div>
    ${
      offer !== undefined && offer.missing.length > 0
        ? html`<p class="callout callout--danger">${icon('alert')}<span>This deployment misses ${offer.missing.map((one) => html`<code key=${one}>${one}</code> `)}: nothing leaves until it is set.</span></p>`
        : null
    }
    <ul class="seen">
      ${seen(
        checked?.isGood === true,
        checked === null ? 'The carrier was not asked yet.' : checked.words,
        checked === null ? null : `Asked ${formatListTime(checked.at, minute.value, practice.timeZone)}`,
      )}
      ${seen(
        line.textInAt !== null,
        line.textInAt === null ? 'No text has come in yet.' : 'Texts come in.',
        line.textInAt === null
          ? null
          : `Seen ${formatListTime(line.textInAt, minute.value, practice.timeZone)}`,
      )}
    </ul>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    ${line.textInAt === null ? howToText(line.carrier === 'simulator', line.number) : null}
    ${(offer?.addresses ?? []).map(
      ({ what, url }) => html`<div class="paste" key=${what}>
        <h3 class="paste__title">${what === 'texts' ? 'For texts that come in' : 'For calls to the line'}</h3>
        <p class="field__help">${PASTE_WORDS[line.carrier][what]}</p>
        <div class="code"><code>${url}</code><${CopyButton} text=${url} what=${`the address for ${what}`} announce=${announce} /></div>
      </div>`,
    )}
  </section>`;
}

function seen(isGood: boolean, words: string, when: string | null): VNode {
  return html`<li data-good=${String(isGood)}>
    ${icon(isGood ? 'check' : 'clock')}${hidden(isGood ? 'Done: ' : 'Not yet: ')}
    <span><span>${words}</span>${when === null ? null : html`<span class="field__help">${when}</span>`}</span>
  </li>`;
}

function howToText(isSimulated: boolean, number: string): VNode {
  const handset = html`<a href="/simulator" target="_blank" rel="noreferrer noopener">the handset${hidden(' (new tab)')}</a>`;
  return isSimulated
    ? html`<p class="field__help">To see one come in, open ${handset} and text ${formatNumber(number)}.</p>`
    : html`<p class="field__help">Paste the address below at your carrier, then text ${formatNumber(number)} from any phone: it shows here at once.</p>`;
}
