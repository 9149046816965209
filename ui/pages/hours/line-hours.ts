import { useSignal } from '@preact/signals';
import type { HoursSetting } from '../../../src/domain/hours/after-hours.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { html, type VNode } from '../../design/html.ts';
import { emptyState } from '../../design/parts.ts';
import { focusSoon, notify, type PageProps } from '../../shell/page.ts';
import { HoursEditor } from './editor.ts';
import type { AllHours, HoursApi, Line } from './hours-api.ts';
import { hoursDrafts } from './hours-drafts.ts';

interface OfLine {
  practice: PageProps['practice'];
  line: Line;
  api: HoursApi;
  all: AllHours;
  start: HoursSetting;
  changed: (hours: HoursSetting | null) => void;
}

/** A line goes by its practice, or by hours of its own. */
export function LineHours({ practice, line, api, all, start, changed }: OfLine): VNode {
  const place = `${practice.id} ${line.id}`;
  const saved = all.ofLines.get(line.id) ?? null;
  const isBeginning = useSignal(hoursDrafts.of(place) !== null);
  const isAsked = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);

  const set = (hours: HoursSetting | null) => {
    if (hours === null) isBeginning.value = false;
    changed(hours);
  };

  async function giveBack(): Promise<void> {
    isBusy.value = true;
    const answer = await api.giveBack(line.id);
    isBusy.value = false;
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    hoursDrafts.keep(place, null);
    isAsked.value = false;
    set(null);
    notify(`${line.name} goes by the practice again.`);
    focusSoon('#page-title');
  }

  if (saved === null && !isBeginning.value) {
    const begin = html`<button type="button" class="button" onClick=${() => {
      isBeginning.value = true;
      focusSoon('#add-0');
    }}>Give it hours of its own</button>`;
    return html`<div class="rows">${emptyState('clock', 'It goes by the practice', `${line.name} has the same hours, holidays and reply as the practice. Its own begin as a copy of these.`, begin)}</div>`;
  }
  return html`
    <p class="own-hours">
      <span>${line.name} has its own hours, holidays and reply.</span>
      <button type="button" class="button button--small" onClick=${() => {
        if (saved !== null) isAsked.value = true;
        else {
          hoursDrafts.keep(place, null);
          isBeginning.value = false;
          focusSoon('#page-title');
        }
      }}>Give it back to the practice${saved === null ? '' : '…'}</button>
    </p>
    <${HoursEditor} key=${line.id} practice=${practice} api=${api} lineId=${line.id} saved=${saved} start=${start} changed=${set} />
    <${ConfirmDialog}
      id="give-back"
      title=${`Let ${line.name} go by the practice?`}
      text="Its own hours, holidays and reply are deleted. There is no way back but to write them again."
      isOpen=${isAsked.value}
      isBusy=${isBusy.value}
      error=${error.value}
      does="Give it back"
      isDangerous=${true}
      confirm=${() => void giveBack()}
      cancel=${() => {
        isAsked.value = false;
      }}
    />
  `;
}
