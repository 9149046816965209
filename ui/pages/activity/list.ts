import type { ActivityEntry } from '../../../src/domain/activity/activity-entry.ts';
import { FAILURE_WORDS } from '../../../src/domain/conversation/failure-reason.ts';
import { formatDay, formatInFull } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { badge, hidden } from '../../design/parts.ts';
import { type PageProps, pageHref } from '../../shell/page.ts';
import { callerName, formatClock, formatDecided, phoneSystemName, triggerName } from './activity-format.ts';
import { outcomeChip } from './outcome-chip.ts';

export interface Listed {
  practice: PageProps['practice'];
  entries: ActivityEntry[];
  /** Names by id. */
  phoneSystems: Record<string, string>;
  /** Of the address, without the question mark. */
  search: string;
  now: number;
}

/** By day, the newest on top. */
export function activityList(listed: Listed): VNode {
  const { entries, practice, now } = listed;
  const days = Map.groupBy(entries, ({ at }) => formatDay(at, now, practice.timeZone));
  return html`<div class="activity-list">${[...days].map(
    ([day, ofDay], index) => html`<section class="section" key=${day} aria-labelledby=${`day-${index}`}>
      <h2 class="activity-list__day" id=${`day-${index}`}>${day}</h2>
      <ol class="rows">${ofDay.map((entry) => row(entry, listed))}</ol>
    </section>`,
  )}</div>`;
}

function row(entry: ActivityEntry, { practice, phoneSystems, search }: Listed): VNode {
  const { id, at, caller, trigger, line, phoneSystem, decidedInMs, count, isDryRun, outcome } = entry;
  return html`<li class="rows__row activity-row" key=${id}>
    <time class="activity-row__time" datetime=${new Date(at).toISOString()} title=${formatInFull(at, practice.timeZone)}>
      ${formatClock(at, practice.timeZone)}
    </time>
    <div class="activity-row__outcome">${outcomeChip(entry)}</div>
    <div class="rows__main">
      <p class="activity-row__caller">
        <a class="rows__link" data-inbox data-activity-id=${id} href=${pageHref({ path: [id], search })}>${callerName(caller)}</a>
        ${isDryRun && outcome !== 'dry-run' ? badge('Dry run') : null}
        ${count > 1 ? badge(`${count} times`) : null}
      </p>
      ${reason(entry)}
      <p class="rows__more activity-row__from">
        <span>${triggerName(trigger)}</span><span>${line.name}</span><span>${phoneSystemName(phoneSystem, phoneSystems)}</span>
        <span>decided in ${formatDecided(decidedInMs)}</span>
      </p>
    </div>
    <div class="rows__end">${conversationLink(entry, practice.id)}</div>
  </li>`;
}

/** The one sentence that says why, so that most questions need no opening. */
function reason({ failure, why, outcome }: ActivityEntry): VNode | null {
  const words = failure === null ? (outcome === 'texting' ? null : why) : FAILURE_WORDS[failure];
  return words === null ? null : html`<p class="activity-row__why">${words}</p>`;
}

function conversationLink({ conversationId, caller }: ActivityEntry, practiceId: string): VNode | null {
  if (conversationId === null) return null;
  return html`<a class="button button--quiet button--small" data-inbox href=${conversationHref(practiceId, conversationId)}>
    ${icon('inbox')}Conversation${hidden(` with ${callerName(caller)}`)}
  </a>`;
}

export function conversationHref(practiceId: string, conversationId: string): string {
  return `/${encodeURIComponent(practiceId)}/c/${encodeURIComponent(conversationId)}`;
}
