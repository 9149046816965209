import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { HoursSetting } from '../../../src/domain/hours/after-hours.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { useFetched } from '../../design/use-fetched.ts';
import { type Answer, focusSoon, focusTitle, type PageProps, pageHref } from '../../shell/page.ts';
import { HoursEditor } from './editor.ts';
import { type AllHours, hoursApi } from './hours-api.ts';
import { hoursDrafts } from './hours-drafts.ts';
import { places } from './places.ts';

const WORKDAY = [{ from: '08:00', to: '17:00' }];

/** What the form begins with where nobody has set any. */
const USUAL: HoursSetting = {
  timeZone: null,
  week: [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, [], []],
  holidays: [],
  afterHoursReply: { isOn: false, text: {} },
};

/** /hours is those of the practice, /hours/{line} those of a line. */
export function Page({ practice, path }: PageProps): VNode {
  const api = useMemo(() => hoursApi(practice.id), [practice.id]);
  const answer = useSignal<Answer<AllHours> | null>(null);
  const isBeginning = useSignal(hoursDrafts.of(`${practice.id} `) !== null);
  const [lineId] = path;
  const ofLine = useFetched(lineId !== undefined, async () => (await import('./line-hours.ts')).LineHours);

  const load = async () => {
    answer.value = await api.all();
  };
  useEffect(() => void load(), [api]);
  useEffect(() => {
    if (answer.peek() !== null) focusTitle();
  }, [lineId]);

  const current = answer.value;
  if (current === null) return framed(skeleton(6, 'row', 'Loading hours'));
  if (!current.ok) {
    const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
    return framed(emptyState('alert', 'The hours could not be loaded', current.message, again));
  }
  const all = current.value;
  const shared = { practice, api, start: all.practice ?? USUAL };
  if (lineId !== undefined) {
    const line = all.lines.find(({ id }) => id === lineId);
    if (line === undefined) {
      const back = html`<a class="button" data-inbox href=${pageHref({})}>Hours of the practice</a>`;
      return framed(
        emptyState('clock', 'This line is not there', 'It was taken away, or never was here.', back),
      );
    }
    const changed = (hours: HoursSetting | null) => {
      const ofLines = new Map(all.ofLines);
      if (hours === null) ofLines.delete(line.id);
      else ofLines.set(line.id, hours);
      answer.value = { ok: true, value: { ...all, ofLines } };
    };
    if (ofLine.is === 'coming') return framed(skeleton(3, 'row', 'Loading hours'));
    if (ofLine.is === 'failed') {
      const what = 'Check the connection, then load the page again.';
      return framed(emptyState('wifi', 'The hours of this line could not be loaded', what));
    }
    return framed(
      html`${places(all, line.id)}<${ofLine.View} key=${line.id} ...${shared} line=${line} all=${all} changed=${changed} />`,
    );
  }
  const changed = (hours: HoursSetting | null) => {
    isBeginning.value = false;
    answer.value = { ok: true, value: { ...all, practice: hours } };
  };
  if (all.practice === null && !isBeginning.value) {
    const begin = html`<button type="button" class="button button--primary" onClick=${() => {
      isBeginning.value = true;
      focusSoon('#add-0');
    }}>Set the hours</button>`;
    const always =
      'Nobody has set hours yet: triggers text around the clock, and nobody gets an after-hours reply.';
    return framed(
      html`${places(all, null)}<div class="rows">${emptyState('clock', 'Always open', always, begin)}</div>`,
    );
  }
  return framed(
    html`${places(all, null)}<${HoursEditor} key="practice" ...${shared} lineId=${null} saved=${all.practice} changed=${changed} />`,
  );
}

function framed(content: VNode): VNode {
  const lead = 'When staff answer, and what callers get otherwise.';
  return html`${pageHead({ title: 'Hours', lead })}<div class="page__body hours-page">${content}</div>`;
}
