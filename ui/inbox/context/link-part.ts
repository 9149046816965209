import { useSignal } from '@preact/signals';
import type { PatientOfNumber } from '../../../src/domain/conversation/conversation-context.ts';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { Patient } from '../../../src/domain/patients/patient.ts';
import { formatNumber } from '../../design/format.ts';
import { html, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce } from '../announcer.ts';
import { practicePath, request } from '../api.ts';
import { focusSoon } from '../focus.ts';
import { link } from './link.ts';

const PAUSE_MS = 250;
const MOST_SHOWN = 8;

type Choice = Pick<Patient, 'id' | 'name'> & { more: string };
type Found =
  | { is: 'nothing-sought' | 'loading' }
  | { is: 'failed'; message: string }
  | { is: 'found'; choices: Choice[] };

interface LinkProps {
  conversation: ConversationSummary;
  /** With the caller's number: the first to be offered. */
  patients: PatientOfNumber[];
}

/** "This is …": who knows better than the number looks the patient up, and says so. */
export function LinkPart({ conversation, patients }: LinkProps): VNode {
  const isOpen = useSignal(false);
  const found = useSignal<Found>({ is: 'nothing-sought' });
  const timer = useRef(0);
  const { id, practiceId, caller } = conversation;

  function open(): void {
    isOpen.value = true;
    focusSoon('#context-patient');
  }

  function close(): void {
    isOpen.value = false;
    found.value = { is: 'nothing-sought' };
    focusSoon('#context-link');
  }

  function onInput(event: Event): void {
    const words = (event.currentTarget as HTMLInputElement).value.trim();
    clearTimeout(timer.current);
    if (words === '') found.value = { is: 'nothing-sought' };
    else timer.current = setTimeout(() => void look(words), PAUSE_MS);
  }

  async function look(words: string): Promise<void> {
    found.value = { is: 'loading' };
    const asked = new URLSearchParams({ q: words });
    const answer = await request<{ patients: Patient[] }>(
      'GET',
      `${practicePath(practiceId)}/patients?${asked}`,
    );
    if (!answer.ok) {
      found.value = { is: 'failed', message: answer.message };
      return;
    }
    const choices = answer.value.patients
      .filter(({ status, replacedBy }) => status === 'active' && replacedBy === null)
      .slice(0, MOST_SHOWN)
      .map(({ id: patient, name, numbers }) => ({
        id: patient,
        name,
        more: numbers.map(formatNumber).join(', '),
      }));
    found.value = { is: 'found', choices };
    announce(choices.length === 0 ? 'No patient found' : `${choices.length} patients found`);
  }

  if (!isOpen.value) {
    return html`<button type="button" class="button button--small" id="context-link" onClick=${open}>
      ${icon('person')}${caller.linked ? 'This is somebody else…' : 'This is…'}
    </button>`;
  }
  const ofNumber = patients
    .filter(({ practice }) => practice.id === practiceId)
    .filter(({ id: patient }) => patient !== caller.linked?.id)
    .map(({ id: patient, name }) => ({ id: patient, name, more: 'Has this number' }));
  const now = found.value;
  const choices = now.is === 'found' ? now.choices : now.is === 'nothing-sought' ? ofNumber : [];
  return html`<div class="context__link" role="group" aria-label="Which patient this is" onKeyDown=${(
    event: KeyboardEvent,
  ) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  }}>
    <label class="context__label" for="context-patient">Which patient is this?</label>
    <input id="context-patient" class="field__input" type="search" placeholder="Name or number" autocomplete="off" spellcheck="false" onInput=${onInput} />
    ${choices.length === 0 ? null : html`<ul class="context__choices">${choices.map((choice) => choiceRow(choice, () => void link(id, choice).then((isDone) => isDone && close())))}</ul>`}
    ${now.is === 'found' && choices.length === 0 ? html`<p class="context__quiet">No active patient of this practice has this name or number. Managers add patients.</p>` : null}
    ${now.is === 'failed' ? html`<p class="context__quiet" role="alert">${now.message}</p>` : null}
    <button type="button" class="button button--small" onClick=${close}>Cancel</button>
  </div>`;
}

function choiceRow({ id, name, more }: Choice, choose: () => void): VNode {
  return html`<li key=${id}>
    <button type="button" class="context__choice" onClick=${choose}><bdi>${name}</bdi><span class="context__quiet">${more}</span></button>
  </li>`;
}
