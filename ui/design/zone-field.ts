import { describedBy, field } from './form-parts.ts';
import { html, type VNode } from './html.ts';

interface ZoneField {
  id: string;
  label: string;
  help: string;
  typed: string;
  error: string | null;
  set: (typed: string) => void;
}

let known: readonly string[] | null = null;

function zones(): readonly string[] {
  known ??= Intl.supportedValuesOf('timeZone');
  return known;
}

/** A time zone is found by its city or its name; the browser offers those that fit what is typed. */
export function zoneField({ id, label, help, typed, error, set }: ZoneField): VNode {
  return field({
    id,
    label,
    help,
    error,
    control: html`<input id=${id} list=${`${id}-list`} autocomplete="off" spellcheck=${false} required
        aria-invalid=${error === null ? undefined : 'true'}
        aria-describedby=${describedBy({ id, help, error })}
        value=${typed}
        onInput=${(event: Event) => set((event.currentTarget as HTMLInputElement).value)} />
      <datalist id=${`${id}-list`}>
        ${zones().map((zone) => html`<option key=${zone} value=${zoneName(zone)}>${cityOf(zone)}</option>`)}
      </datalist>`,
  });
}

/** As people read it. */
export function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}

function cityOf(zone: string): string {
  return zoneName(zone.split('/').at(-1) ?? zone);
}

/** The zone that was meant, by its name or its city alone; null where there is none such, or more than one. */
export function zoneFrom(typed: string): string | null {
  const wanted = plain(typed);
  if (wanted === '') return null;
  const exact = zones().find((zone) => plain(zone) === wanted);
  if (exact !== undefined) return exact;
  const cities = zones().filter((zone) => plain(cityOf(zone)) === wanted);
  if (cities.length === 1) return cities[0] ?? null;
  return isOtherName(typed.trim()) ? typed.trim() : null;
}

/** Names such as US/Pacific are not in the list, and mean a zone that is. */
function isOtherName(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

function plain(words: string): string {
  return words.trim().toLowerCase().replaceAll('_', ' ');
}
