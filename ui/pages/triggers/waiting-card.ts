import { type Signal, useSignal } from '@preact/signals';
import type { ActivityEntry } from '../../../src/domain/activity/activity-entry.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce, pageHref, useActivityFrames } from '../../shell/page.ts';
import type { Opened } from './opened.ts';

const SHOWN = 5;

/** For whoever sets up the phone system: it says what arrives, while the other screen is being changed. */
export function WaitingCard({ opened }: { opened: Opened }): VNode {
  const isWaiting = useSignal(false);
  const arrived = useSignal<ActivityEntry[]>([]);
  const toggle = () => {
    arrived.value = [];
    isWaiting.value = !isWaiting.value;
  };
  return html`<section class="card" aria-labelledby="waiting-title">
    <h2 class="section__title" id="waiting-title">See what arrives</h2>
    ${
      isWaiting.value
        ? html`<${Arrivals} opened=${opened} arrived=${arrived} />`
        : html`<p class="field__help">Keep this open while you set up your phone system. Call your own line; what it sends shows here at once.</p>`
    }
    <div class="form__actions">
      <button type="button" class="button" aria-pressed=${String(isWaiting.value)} onClick=${toggle}>${isWaiting.value ? 'Stop' : 'Wait for a call'}</button>
    </div>
  </section>`;
}

/** Listens for as long as it is on screen. */
function Arrivals({ opened, arrived }: { opened: Opened; arrived: Signal<ActivityEntry[]> }): VNode {
  const { practice, trigger } = opened;
  useActivityFrames(practice.id, (frame) => {
    if (frame.type !== 'activity' || frame.entry.trigger.id !== trigger.id) return;
    const { entry } = frame;
    const others = arrived.peek().filter(({ id }) => id !== entry.id);
    if (others.length === arrived.peek().length) announce(`A call arrived. ${entryWords(entry)}`);
    arrived.value = [entry, ...others].sort((a, b) => b.at - a.at).slice(0, SHOWN);
  });
  const entries = arrived.value;
  return html`
    <p class="waiting"><span class="waiting__pulse" aria-hidden="true"></span>${entries.length === 0 ? 'Waiting for a call from your phone system…' : 'Still listening.'}</p>
    ${entries.length === 0 ? null : html`<ul class="arrivals">${entries.map((entry) => arrival(entry, practice.timeZone))}</ul>`}
  `;
}

function arrival(entry: ActivityEntry, timeZone: string): VNode {
  const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'medium', timeZone }).format(entry.at);
  const caller = entry.caller === null ? 'No number' : formatNumber(entry.caller);
  return html`<li class="arrival" key=${entry.id}>
    ${icon(entry.why === null ? 'check' : 'alert')}
    <div>
      <p><a data-inbox href=${pageHref({ name: 'activity', path: [entry.id] })}>${caller}</a> <span class="arrival__time">${time}</span></p>
      <p class="field__help">${entryWords(entry)}</p>
    </div>
  </li>`;
}

function entryWords({ why, isDryRun }: ActivityEntry): string {
  return why ?? (isDryRun ? 'In order; a dry run texts nobody.' : 'In order: the caller is texted.');
}
