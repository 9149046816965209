import { useSignal } from '@preact/signals';
import type { Patient } from '../../../src/domain/patients/patient.ts';
import { formatInFull, formatNumber, languageName } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { skeleton } from '../../design/parts.ts';
import { type Answer, focusSoon } from '../../shell/page.ts';
import { PatientForm } from './patient-form.ts';
import { STATUS_WORDS } from './patient-words.ts';
import type { PatientsApi, ShownPatient } from './patients-api.ts';
import { patientMarks } from './rows.ts';

interface Details {
  id: string;
  api: PatientsApi;
  practice: { id: string; timeZone: string };
  isManager: boolean;
  /** The list is out of date. */
  changed: () => void;
  remove: (patient: Patient) => void;
}

/** One patient: what is known, who shares the number, and for managers the way to change it. */
export function PatientInDetail({ id, api, practice, isManager, changed, remove }: Details): VNode {
  const answer = useSignal<Answer<ShownPatient> | null>(null);
  const isEditing = useSignal(false);
  const load = async () => {
    answer.value = await api.show(id);
  };
  useEffect(() => void load(), [id]);

  const current = answer.value;
  if (current === null) return skeleton(3, 'row', 'Loading the patient');
  if (!current.ok) return html`<p class="callout callout--danger" role="alert">${current.message}</p>`;
  const { patient, sharing, replacedBy } = current.value;
  const back = () => {
    isEditing.value = false;
    changed();
    void load();
    focusSoon('#patient-title');
  };
  if (isEditing.value) {
    return html`<${PatientForm} key=${patient.version} api=${api} saved=${patient} done=${back} overtaken=${back} />`;
  }
  const { numbers, language, status, externalId, updatedAt } = patient;
  return html`
    ${[status !== 'active', patient.replacedBy !== null].includes(true) ? html`<p class="patient__marks">${patientMarks(patient)}</p>` : null}
    <dl class="facts">
      <dt>Phone</dt><dd>${numbers.length === 0 ? 'None: no caller is matched' : numbers.map((number) => html`<div key=${number}>${formatNumber(number)}</div>`)}</dd>
      <dt>Language</dt><dd>${language === null ? 'Not known' : languageName(language)}</dd>
      ${externalId === null ? null : html`<dt>ID elsewhere</dt><dd class="patient__id">${externalId}</dd>`}
      ${updatedAt === 0 ? null : html`<dt>Last changed</dt><dd>${formatInFull(updatedAt, practice.timeZone)}</dd>`}
    </dl>
    <p class="callout callout--plain">${
      patient.replacedBy === null
        ? STATUS_WORDS[status].help
        : `Another record took the place of this one: callers with these numbers are shown as ${replacedBy?.name ?? 'that one, which is not here yet'}.`
    }</p>
    ${sharing.length === 0 ? null : shared(patient, sharing, practice.id)}
    ${
      isManager
        ? html`<div class="form__actions">
            <button type="button" class="button" onClick=${() => {
              isEditing.value = true;
            }}>Edit</button>
            <button type="button" class="button button--danger" onClick=${() => remove(patient)}>Remove…</button>
          </div>`
        : null
    }
  `;
}

function shared({ numbers }: Patient, sharing: readonly Patient[], practiceId: string): VNode {
  return html`<section class="patient-sharing" aria-labelledby="sharing-title">
    <h3 id="sharing-title">Who else has the same number</h3>
    <p class="field__help">A caller with it is shown with all these names. Ask who it is.</p>
    <ul>${sharing.map(
      (one) => html`<li key=${`${one.practiceId} ${one.id}`}>
        <strong>${one.name}</strong> ${patientMarks(one)}
        <span class="rows__more">${one.numbers
          .filter((number) => numbers.includes(number))
          .map(formatNumber)
          .join(', ')}${one.practiceId === practiceId ? '' : ', in another practice'}</span>
      </li>`,
    )}</ul>
  </section>`;
}
