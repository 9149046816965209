import { useSignal } from '@preact/signals';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { badge, emptyState } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { type PageProps, pageHref } from '../../shell/page.ts';
import { AddLine } from './add-line.ts';
import { CARRIER_WORDS } from './carrier-words.ts';
import type { AllLines, LinesApi, ShownLine } from './lines-api.ts';

interface Shown {
  practice: PageProps['practice'];
  all: AllLines;
  api: LinesApi;
  added: (line: ShownLine) => void;
}

export function LineList({ practice, all, api, added }: Shown): VNode {
  const isAdding = useSignal(false);
  const close = () => {
    isAdding.value = false;
  };
  const add = html`<button type="button" class="button button--primary" onClick=${() => {
    isAdding.value = true;
  }}>${icon('plus')}Add a line</button>`;
  const none = 'A line is a number that texts go out from, and that callers text back to.';
  return html`
    ${pageHead({
      title: 'Lines',
      lead: 'The numbers that texts go out from, and who carries them.',
      actions: all.lines.length === 0 ? null : add,
    })}
    <div class="page__body lines-page">
      ${
        all.lines.length === 0
          ? html`<div class="rows">${emptyState('phone', 'No line yet', none, add)}</div>`
          : html`<ul class="rows">${all.lines.map(row)}</ul>`
      }
      ${
        all.retired.length === 0
          ? null
          : html`<section class="section" aria-labelledby="retired-title">
              <h2 class="section__title" id="retired-title">Retired</h2>
              <ul class="rows">${all.retired.map(row)}</ul>
            </section>`
      }
    </div>
    <${Sheet} id="add-line" title="Add a line" isOpen=${isAdding.value} close=${close}>
      ${isAdding.value ? html`<${AddLine} practice=${practice} carriers=${all.carriers} api=${api} added=${added} />` : null}
    </${Sheet}>
  `;
}

function row(line: ShownLine): VNode {
  const { id, name, number, carrier } = line;
  return html`<li class="rows__row" key=${id}>
    <div class="rows__main">
      <a class="rows__link" data-inbox href=${pageHref({ path: [id] })}>${name}</a>
      <p class="rows__more">${formatNumber(number)} · ${CARRIER_WORDS[carrier].label}</p>
    </div>
    <div class="rows__end">${line.retiredAt === null ? state(line) : badge('Retired')}</div>
  </li>`;
}

/** What is known of it, the first thing that is amiss before all others. */
function state({ carrierCheck, textInAt }: ShownLine): VNode {
  if (carrierCheck === null) return badge('Not checked yet', 'warn');
  if (!carrierCheck.isGood) return badge('Carrier: look at it', 'danger');
  return textInAt === null ? badge('No text has come in yet', 'warn') : badge('Texts come in', 'ok');
}
