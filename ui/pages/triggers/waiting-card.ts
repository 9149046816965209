import { useSignal } from '@preact/signals';
import type { ActivityEntry } from '../../../src/domain/activity-entry.ts';
import { formatNumber } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce } from '../../shell/page.ts';
import type { Opened } from './opened.ts';

const LOOK_EVERY_MS = 2_000;
const SHOWN = 5;

/** For whoever sets up the phone system: it says what arrives, while the other screen is being changed. */
export function WaitingCard({ opened }: { opened: Opened }): VNode {
  const { api, trigger, practice } = opened;
  const since = useSignal<number | null>(null);
  const arrived = useSignal<ActivityEntry[]>([]);
  const isWaiting = since.value !== null;

  useEffect(() => {
    const from = since.value;
    if (from === null) return;
    let timer = 0;
    const look = async () => {
      const answer = await api.activity(trigger.id);
      if (answer.ok) {
        const found = answer.value.activity.filter(({ at }) => at >= from).slice(0, SHOWN);
        if (found[0] !== undefined && found[0].id !== arrived.peek()[0]?.id)
          announce(`A call arrived. ${entryWords(found[0])}`);
        arrived.value = found;
      }
      timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
    return () => clearTimeout(timer);
  }, [since.value]);

  const toggle = () => {
    arrived.value = [];
    since.value = isWaiting ? null : Date.now();
  };
  return html`<section class="card" aria-labelledby="waiting-title">
    <h2 class="section__title" id="waiting-title">See what arrives</h2>
    ${
      isWaiting
        ? html`<p class="waiting"><span class="waiting__pulse" aria-hidden="true"></span>${arrived.value.length === 0 ? 'Waiting for a call from your phone system…' : 'Still listening.'}</p>`
        : html`<p class="field__help">Keep this open while you set up your phone system. Call your own line; what it sends shows here at once.</p>`
    }
    ${arrived.value.length === 0 ? null : html`<ul class="arrivals">${arrived.value.map((entry) => arrival(entry, practice.timeZone))}</ul>`}
    <div class="form__actions">
      <button type="button" class="button" aria-pressed=${String(isWaiting)} onClick=${toggle}>${isWaiting ? 'Stop' : 'Wait for a call'}</button>
    </div>
  </section>`;
}

function arrival(entry: ActivityEntry, timeZone: string): VNode {
  const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'medium', timeZone }).format(entry.at);
  const caller = entry.caller === null ? 'No number' : formatNumber(entry.caller);
  return html`<li class="arrival" key=${entry.id}>
    ${icon(entry.why === null ? 'check' : 'alert')}
    <div>
      <p><strong>${caller}</strong> <span class="arrival__time">${time}</span></p>
      <p class="field__help">${entryWords(entry)}</p>
    </div>
  </li>`;
}

function entryWords({ why, isDryRun }: ActivityEntry): string {
  return why ?? (isDryRun ? 'In order; a dry run texts nobody.' : 'In order: the caller is texted.');
}
