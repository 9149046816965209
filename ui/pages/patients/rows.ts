import type { Patient } from '../../../src/domain/patients/patient.ts';
import { formatNumber, languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { badge, hidden } from '../../design/parts.ts';
import { STATUS_WORDS } from './patient-words.ts';

/** `open` is null for a patient of another practice, whose record is there. */
export function patientRow(patient: Patient, open: (() => void) | null): VNode {
  const { practiceId, id, name, numbers, language } = patient;
  return html`<li class="rows__row" key=${`${practiceId} ${id}`} data-patient-id=${id}>
    <div class="rows__main">
      <p class="patient__name"><strong>${name}</strong>${patientMarks(patient)}${open === null ? badge('Another practice') : null}</p>
      <p class="rows__more patient__facts">
        ${numbers.length === 0 ? html`<span>No number</span>` : numbers.map((number) => html`<span key=${number}>${formatNumber(number)}</span>`)}
        ${language === null ? null : html`<span>${languageName(language)}</span>`}
      </p>
    </div>
    ${open === null ? null : html`<div class="rows__end"><button type="button" class="button" onClick=${open}>Details${hidden(` of ${name}`)}</button></div>`}
  </li>`;
}

export function patientMarks({ status, replacedBy }: Patient): (VNode | null)[] {
  return [
    status === 'active' ? null : badge(STATUS_WORDS[status].label, 'warn'),
    replacedBy === null ? null : badge('Replaced'),
  ];
}
