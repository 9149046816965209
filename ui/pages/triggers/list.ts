import type { ManagedTrigger } from '../../../src/domain/managed-trigger.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { badge, emptyState } from '../../design/parts.ts';
import { triggerTitle } from './trigger-words.ts';
import type { LineToSetUp, Triggers } from './triggers-api.ts';

/** By line, each with the triggers that text from it. */
export function triggerList({ triggers, lines }: Triggers): VNode {
  if (lines.length === 0) {
    return emptyState('phone', 'No line yet', 'Triggers text from a line. Ask an admin to add one.');
  }
  return html`${lines.map((line) =>
    lineSection(
      line,
      triggers.filter((one) => one.line.id === line.id),
    ),
  )}`;
}

function lineSection(line: LineToSetUp, triggers: ManagedTrigger[]): VNode {
  const id = `line-${line.id}`;
  return html`<section class="section" key=${line.id} aria-labelledby=${id}>
    <div class="section__head">
      <h2 class="section__title" id=${id}>${line.name}</h2>
      <span class="section__aside">${formatNumber(line.number)}</span>
    </div>
    <ul class="rows">${triggers.map(row)}</ul>
  </section>`;
}

function row(trigger: ManagedTrigger): VNode {
  return html`<li class="rows__row" key=${trigger.id}>
    <div class="rows__main">
      <p>${triggerTitle(trigger)}</p>
      <p class="rows__more">${trigger.text}</p>
    </div>
    <div class="rows__end">${trigger.isOn ? badge('On', 'ok') : badge('Off')}</div>
  </li>`;
}
