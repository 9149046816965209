import { useSignal } from '@preact/signals';
import type { LineToSetUp, ManagedTrigger } from '../../../src/domain/triggers/managed-trigger.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { badge, emptyState } from '../../design/parts.ts';
import { triggerTitle } from '../../design/trigger-words.ts';
import { pageHref } from '../../shell/page.ts';
import { AddTrigger } from './add-trigger.ts';
import type { Triggers, TriggersApi } from './triggers-api.ts';

interface Shown {
  all: Triggers;
  api: TriggersApi;
  added: (trigger: ManagedTrigger) => void;
}

/** By line, each with the triggers that text from it. */
export function TriggerList({ all, api, added }: Shown): VNode {
  const { lines, triggers } = all;
  /** The line that a trigger is being added to. */
  const adding = useSignal<LineToSetUp | null>(null);
  const close = () => {
    adding.value = null;
  };
  return html`
    ${pageHead({ title: 'Triggers', lead: 'When your phone system calls one of these, the caller gets its text.' })}
    <div class="page__body">
      ${lines.length === 0 ? emptyState('phone', 'No line yet', 'Triggers text from a line.', html`<a class="button button--primary" data-inbox href=${pageHref({ name: 'lines' })}>Add a line</a>`) : null}
      ${lines.map((line) =>
        lineSection(
          line,
          triggers.filter((one) => one.line.id === line.id),
          () => {
            adding.value = line;
          },
        ),
      )}
    </div>
    <${AddTrigger} line=${adding.value} there=${triggers} api=${api} added=${added} close=${close} />
  `;
}

function lineSection(line: LineToSetUp, triggers: ManagedTrigger[], add: () => void): VNode {
  const id = `line-${line.id}`;
  const button = html`<button type="button" class="button" onClick=${add}>${icon('plus')}Add a trigger<span class="visually-hidden"> to ${line.name}</span></button>`;
  return html`<section class="section" key=${line.id} aria-labelledby=${id}>
    <div class="section__head">
      <div>
        <h2 class="section__title" id=${id}>${line.name}</h2>
        <p class="section__aside">${formatNumber(line.number)}</p>
      </div>
      ${triggers.length > 0 ? button : null}
    </div>
    ${
      triggers.length > 0
        ? html`<ul class="rows">${triggers.map(row)}</ul>`
        : html`<div class="rows">${emptyState('bolt', 'Nothing texts from this line yet', 'A trigger is an address that your phone system calls when somebody presses a key on hold, or hangs up.', button)}</div>`
    }
  </section>`;
}

function row(trigger: ManagedTrigger): VNode {
  return html`<li class="rows__row trigger-row" key=${trigger.id}>
    <div class="rows__main">
      <a class="rows__link" data-inbox href=${pageHref({ path: [trigger.id] })}>${triggerTitle(trigger)}</a>
      <p class="rows__more trigger-row__text" lang=${trigger.language} dir="auto">${trigger.text}</p>
    </div>
    <div class="rows__end">${trigger.isOn ? badge('On', 'ok') : badge('Off')}</div>
  </li>`;
}
