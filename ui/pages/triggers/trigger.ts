import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { badge } from '../../design/parts.ts';
import { triggerTitle, USE_CASE_HELP } from '../../design/trigger-words.ts';
import { pageHref, session } from '../../shell/page.ts';
import { AddressCard } from './address-card.ts';
import { BenchCard } from './bench-card.ts';
import { LanguagesCard } from './languages-card.ts';
import { LiveCard } from './live-card.ts';
import type { Opened } from './opened.ts';
import { RecipesCard } from './recipes-card.ts';
import { RulesCard } from './rules-card.ts';
import { SwitchCard } from './switch-card.ts';
import { TextCard } from './text-card.ts';
import { WaitingCard } from './waiting-card.ts';

/** A trigger's own page: what it says on the left, whether and how it is called on the right. */
export function TriggerPage({ opened }: { opened: Opened }): VNode {
  const { trigger, line } = opened;
  // There it is what stands between a trigger and its callers.
  const isProduction = session.value?.environment === 'production';
  const live = html`<${LiveCard} opened=${opened} />`;
  return html`
    ${pageHead({
      title: triggerTitle(trigger),
      back: { href: pageHref({}), label: 'Triggers' },
      marks: trigger.isOn ? badge('On', 'ok') : badge('Off'),
      lead: `${USE_CASE_HELP[trigger.useCase]} The text comes from ${line.name}, ${formatNumber(line.number)}.`,
    })}
    <div class="page__body trigger">
      <div class="trigger__main">
        <${TextCard} opened=${opened} />
        <${LanguagesCard} opened=${opened} />
        <${RecipesCard} opened=${opened} />
        <${RulesCard} opened=${opened} />
      </div>
      <div class="trigger__side">
        <${SwitchCard} opened=${opened} />
        ${isProduction ? live : null}
        <${AddressCard} opened=${opened} />
        <${BenchCard} opened=${opened} />
        <${WaitingCard} opened=${opened} />
        ${isProduction ? null : live}
      </div>
    </div>
  `;
}
