import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Patient } from '../../../src/domain/patients/patient.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, menu, skeleton } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { focusSoon, notify, type PageProps, pageHref } from '../../shell/page.ts';
import { PatientInDetail } from './patient-details.ts';
import { PatientForm } from './patient-form.ts';
import { type PatientsPage, patientsApi, type Searched } from './patients-api.ts';
import { patientRow } from './rows.ts';

type Load = { is: 'loading' } | { is: 'ready' } | { is: 'failed'; message: string };

/** Somebody who types is not asked for at every letter. */
const PAUSE_MS = 200;

/** What is searched for is a name or a number, so it is kept out of the address. */
export function Directory({ practice }: PageProps): VNode {
  const api = useMemo(() => patientsApi(practice.id), [practice.id]);
  const searched = useSignal<Searched>({ query: '', isEverywhere: false });
  const page = useSignal<PatientsPage>({ patients: [], nextCursor: null, mayReachAny: false });
  const load = useSignal<Load>({ is: 'loading' });
  const openedId = useSignal<string | null>(null);
  const isAdding = useSignal(false);
  const removing = useSignal<Patient | null>(null);
  const refusal = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const asked = useRef(0);
  const pause = useRef(0);
  const isManager = practice.role !== 'staff';

  async function fetchPage(cursor: string | null): Promise<void> {
    asked.current += 1;
    const question = asked.current;
    if (page.peek().patients.length === 0) load.value = { is: 'loading' };
    const answer = await api.list(searched.peek(), cursor);
    if (question !== asked.current) return;
    if (!answer.ok) {
      load.value = { is: 'failed', message: answer.message };
      return;
    }
    const before = cursor === null ? [] : page.peek().patients;
    page.value = { ...answer.value, patients: [...before, ...answer.value.patients] };
    load.value = { is: 'ready' };
  }
  const reload = () => void fetchPage(null);
  useEffect(reload, [api]);

  const search = (change: Partial<Searched>, wait: number) => {
    searched.value = { ...searched.peek(), ...change };
    clearTimeout(pause.current);
    pause.current = setTimeout(reload, wait);
  };

  async function remove(): Promise<void> {
    const patient = removing.peek();
    if (patient === null || isBusy.peek()) return;
    isBusy.value = true;
    const answer = await api.remove(patient);
    isBusy.value = false;
    refusal.value = answer.ok ? null : answer.message;
    reload();
    if (!answer.ok) return;
    notify(`${patient.name} removed`);
    removing.value = null;
    openedId.value = null;
    // What the keyboard would return to is gone.
    focusSoon('#page-title');
  }

  const { patients, nextCursor, mayReachAny } = page.value;
  const { query, isEverywhere } = searched.value;
  const opened = patients.find(({ id, practiceId }) => id === openedId.value && practiceId === practice.id);
  return html`
    ${pageHead({
      title: 'Patients',
      lead: 'By their numbers, callers are shown with a name.',
      actions: isManager ? actions() : null,
    })}
    <div class="page__body patients">
      <div class="filters">
        <search class="search patients__search">
          ${icon('search')}
          <input type="search" aria-label="Search patients by name or number" placeholder="Name or number" maxlength="100" autocomplete="off" spellcheck=${false} value=${query} onInput=${(
            event: Event,
          ) => search({ query: (event.currentTarget as HTMLInputElement).value }, PAUSE_MS)} />
        </search>
        ${
          mayReachAny
            ? html`<button type="button" class="chip" aria-pressed=${String(isEverywhere)} onClick=${() => search({ isEverywhere: !isEverywhere }, 0)}>All practices</button>`
            : null
        }
      </div>
      ${content()}
    </div>
    <${Sheet} id="add-patient" title="Add a patient" isOpen=${isAdding.value} close=${() => {
      isAdding.value = false;
    }}>
      ${
        isAdding.value
          ? html`<${PatientForm} api=${api} saved=${null} overtaken=${reload} done=${() => {
              isAdding.value = false;
              reload();
            }} />`
          : null
      }
    </${Sheet}>
    <${Sheet} id="patient" title=${opened?.name ?? ''} isOpen=${opened !== undefined} close=${() => {
      openedId.value = null;
    }}>
      ${
        opened === undefined
          ? null
          : html`<${PatientInDetail} key=${opened.id} id=${opened.id} api=${api} practice=${practice} isManager=${isManager} changed=${reload} remove=${(
              patient: Patient,
            ) => {
              refusal.value = null;
              removing.value = patient;
            }} />`
      }
    </${Sheet}>
    <${ConfirmDialog}
      id="remove-patient"
      title=${`Remove ${removing.value?.name ?? ''}?`}
      text="Conversations stay, shown with the number only. An import that has this patient brings them back."
      does="Remove"
      isDangerous=${true}
      isOpen=${removing.value !== null}
      isBusy=${isBusy.value}
      error=${refusal.value}
      confirm=${() => void remove()}
      cancel=${() => {
        removing.value = null;
      }}
    />
  `;

  function actions(): VNode {
    const download = (format: 'csv' | 'ndjson') => () => location.assign(api.exportPath(format));
    return html`
      <button type="button" class="button" popovertarget="export-menu">${icon('file')}Export</button>
      ${menu('export-menu', 'Export all patients', [
        { label: 'As a table', hint: 'CSV', choose: download('csv') },
        { label: 'As FHIR R4', hint: 'NDJSON', choose: download('ndjson') },
      ])}
      <a class="button" data-inbox href=${pageHref({ path: ['import'] })}>Import</a>
      <button type="button" class="button button--primary" onClick=${() => {
        isAdding.value = true;
      }}>${icon('plus')}Add patient</button>
    `;
  }

  function content(): VNode {
    const current = load.value;
    if (current.is === 'failed') {
      const again = html`<button type="button" class="button" onClick=${reload}>Try again</button>`;
      return emptyState('alert', 'The patients could not be loaded', current.message, again);
    }
    if (patients.length > 0) {
      const rows = patients.map((patient) =>
        patientRow(
          patient,
          patient.practiceId === practice.id
            ? () => {
                openedId.value = patient.id;
              }
            : null,
        ),
      );
      return html`<ul class="rows">${rows}</ul>
        ${nextCursor === null ? null : html`<div><button type="button" class="button" onClick=${() => void fetchPage(nextCursor)}>Show more</button></div>`}`;
    }
    if (current.is === 'loading') return skeleton(5, 'row', 'Loading patients');
    if (query.trim() !== '')
      return emptyState('search', 'Nobody found', 'Try a part of the name, or some digits of the number.');
    return emptyState(
      'card',
      'No patients yet',
      isManager
        ? 'Import them from another system, or add one. Until then every caller is unverified.'
        : 'Until a manager adds some, every caller is unverified.',
    );
  }
}
