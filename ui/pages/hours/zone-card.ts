import { field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';

interface Zone {
  timeZone: string | null;
  practiceZone: string;
  set: (timeZone: string | null) => void;
}

let known: readonly string[] | null = null;

/** By which clock the hours count. */
export function zoneCard({ timeZone, practiceZone, set }: Zone): VNode {
  known ??= Intl.supportedValuesOf('timeZone');
  const zones = timeZone === null || known.includes(timeZone) ? known : [timeZone, ...known];
  return html`<section class="card" aria-labelledby="zone-title">
    <h2 class="section__title" id="zone-title">Time zone</h2>
    ${field({
      id: 'time-zone',
      label: 'These hours are by the clock of',
      control: html`<select id="time-zone" value=${timeZone ?? ''} onChange=${(event: Event) => {
        set((event.currentTarget as HTMLSelectElement).value || null);
      }}>
        <option value="" selected=${timeZone === null}>The practice (${placeName(practiceZone)})</option>
        ${zones.map((zone) => html`<option key=${zone} value=${zone} selected=${zone === timeZone}>${placeName(zone)}</option>`)}
      </select>`,
    })}
  </section>`;
}

function placeName(zone: string): string {
  return zone.replaceAll('_', ' ');
}
