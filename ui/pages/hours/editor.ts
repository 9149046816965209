import { useSignal } from '@preact/signals';
import type { HoursSetting } from '../../../src/domain/hours/after-hours.ts';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusNow, focusSoon, minute, notify, type PageProps, useUnsaved } from '../../shell/page.ts';
import { Overtaken } from './conflict.ts';
import { draftOf, type HoursDraft, readDraft } from './draft.ts';
import { todayIn } from './holiday-words.ts';
import { HolidaysCard } from './holidays-card.ts';
import type { HoursApi } from './hours-api.ts';
import { hoursDrafts } from './hours-drafts.ts';
import { PreviewCard } from './preview-card.ts';
import { ReplyCard } from './reply-card.ts';
import { WeekCard } from './week-card.ts';
import { zoneCard } from './zone-card.ts';

interface Edited {
  practice: PageProps['practice'];
  api: HoursApi;
  lineId: string | null;
  /** As the server has them; null where there are none. */
  saved: HoursSetting | null;
  /** What the form begins with where there are none. */
  start: HoursSetting;
  /** What is hours of this place now. */
  changed: (hours: HoursSetting | null) => void;
}

/** All hours of a practice or a line in one form, saved at once. */
export function HoursEditor({ practice, api, lineId, saved, start, changed }: Edited): VNode {
  const place = `${practice.id} ${lineId ?? ''}`;
  const kept = useSignal(hoursDrafts.of(place));
  const isTried = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  /** What somebody else saved meanwhile. */
  const theirs = useSignal<{ hours: HoursSetting | null } | null>(null);

  const draft = kept.value?.draft ?? draftOf(saved ?? start);
  const base = kept.value === null ? saved : kept.value.base;
  const { setting, faults: found } = readDraft(draft);
  const [firstFault] = Object.keys(found);
  const isChanged = saved === null || firstFault !== undefined || !isSameJson(setting, base);
  const faults = isTried.value ? found : liveFaults(found, draft);
  useUnsaved(isChanged);

  const keep = (next: HoursDraft | null, seen = base) => {
    kept.value = next === null ? null : { draft: next, base: seen };
    hoursDrafts.keep(place, kept.value);
  };
  const set = (change: Partial<HoursDraft>) => {
    error.value = null;
    keep({ ...draft, ...change });
  };
  const drop = () => {
    keep(null);
    isTried.value = false;
    error.value = null;
    theirs.value = null;
  };
  const take = () => {
    const now = theirs.peek();
    drop();
    if (now !== null) changed(now.hours);
    focusSoon('#page-title');
  };

  async function save(seen: HoursSetting | null): Promise<void> {
    if (isBusy.value) return;
    isTried.value = true;
    if (firstFault !== undefined) {
      focusNow(`#${firstFault}`);
      return;
    }
    isBusy.value = true;
    const answer = await api.set(lineId, setting, seen);
    const now = !answer.ok && answer.code === 'changed-meanwhile' ? await api.get(lineId) : null;
    isBusy.value = false;
    if (answer.ok) {
      drop();
      changed(answer.value.hours);
      notify('Hours saved. They hold everywhere within ten seconds.');
    } else if (now?.ok) {
      theirs.value = now.value;
      keep(draft, seen);
      focusSoon('#overtaken-title');
    } else {
      error.value = answer.message;
    }
  }

  const timeZone = setting.timeZone ?? practice.timeZone;
  const other = theirs.value;
  return html`
    <form class="hours" noValidate onSubmit=${(event: SubmitEvent) => {
      event.preventDefault();
      void save(base);
    }}>
      <${WeekCard} week=${draft.week} faults=${faults} set=${(week: HoursDraft['week']) => set({ week })} />
      <${HolidaysCard} holidays=${draft.holidays} today=${todayIn(timeZone, minute.value)} faults=${faults} set=${(holidays: HoursDraft['holidays']) => set({ holidays })} />
      <${ReplyCard} draft=${draft} faults=${faults} set=${set} />
      ${zoneCard({ timeZone: draft.timeZone, practiceZone: practice.timeZone, set: (zone) => set({ timeZone: zone }) })}
      ${other === null ? null : html`<${Overtaken} mine=${setting} theirs=${other.hours} take=${take} keep=${() => void save(other.hours)} />`}
      <div class="save-bar">
        <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
        <button class="button button--primary" type="submit" aria-disabled=${isChanged && !isBusy.value && other === null ? undefined : 'true'}>${isBusy.value ? 'Saving…' : 'Save hours'}</button>
        ${
          isChanged
            ? html`<button type="button" class="button button--quiet" onClick=${() => {
                const now = theirs.peek();
                drop();
                changed(now === null ? saved : now.hours);
              }}>Discard</button>`
            : null
        }
        <span class="field__help" role="status">${words(isChanged, isTried.value ? Object.keys(found).length : 0)}</span>
      </div>
    </form>
    <${PreviewCard} api=${api} lineId=${lineId} timeZone=${timeZone} languages=${draft.texts.map(({ language }) => language)} saved=${saved} isChanged=${isChanged} />
  `;
}

/** While somebody is still typing, only what is wrong about whole times is said. */
function liveFaults(found: Record<string, string>, draft: HoursDraft): Record<string, string> {
  const empty = new Set(
    draft.week
      .flat()
      .flatMap(({ id, from, to }) => [
        ...(from.trim() === '' ? [`${id}-from`] : []),
        ...(to.trim() === '' ? [`${id}-to`] : []),
      ]),
  );
  const isWritten = ([id]: [string, string]) =>
    !empty.has(id) && (id.startsWith('span-') || id === 'holidays');
  return Object.fromEntries(Object.entries(found).filter(isWritten));
}

function words(isChanged: boolean, faults: number): string {
  if (!isChanged) return 'Saved';
  if (faults > 0)
    return faults === 1
      ? 'One thing has to be put right first.'
      : `${faults} things have to be put right first.`;
  return 'Not saved yet';
}
