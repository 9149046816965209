import { useSignal } from '@preact/signals';
import {
  PATIENT_LIMITS,
  PATIENT_STATUSES,
  type Patient,
  type PatientDetails,
} from '../../../src/domain/patients/patient.ts';
import { choices, field } from '../../design/form-parts.ts';
import { formatNumber, languageName } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { languageChoices } from '../../design/language-choices.ts';
import { focusNow, focusSoon, notify, useUnsaved } from '../../shell/page.ts';
import { patientDifferences } from './differences.ts';
import { STATUS_WORDS } from './patient-words.ts';
import type { PatientsApi } from './patients-api.ts';

interface PatientForm {
  api: PatientsApi;
  /** Null adds one. */
  saved: Patient | null;
  done: (patient: Patient) => void;
  /** What is there is no longer what the form began with. */
  overtaken: () => void;
}

const NEW: PatientDetails = { name: '', numbers: [''], language: null, status: 'active' };

export function PatientForm({ api, saved, done, overtaken }: PatientForm): VNode {
  const start = saved === null ? NEW : { ...saved, numbers: saved.numbers.map(formatNumber) };
  const name = useSignal(start.name);
  const numbers = useSignal(start.numbers.length === 0 ? [''] : start.numbers);
  const language = useSignal(start.language);
  const status = useSignal(start.status);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  /** What somebody else saved meanwhile. */
  const theirs = useSignal<Patient | null>(null);
  useEffect(() => focusSoon('#patient-name'), []);

  const details = (): PatientDetails => ({
    name: name.value.trim(),
    numbers: numbers.value.map((number) => number.trim()).filter((number) => number !== ''),
    language: language.value,
    status: status.value,
  });
  const before = JSON.stringify({ ...start, numbers: start.numbers.filter((number) => number !== '') });
  useUnsaved(JSON.stringify({ ...start, ...details() }) !== before);

  async function save(version: number | null): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    error.value = null;
    const mine = details();
    const answer = await (saved === null || version === null
      ? api.add(mine)
      : api.change(saved.id, mine, version));
    const now =
      !answer.ok && answer.code === 'changed-meanwhile' && saved !== null ? await api.show(saved.id) : null;
    isBusy.value = false;
    if (answer.ok) {
      notify(saved === null ? `${answer.value.patient.name} added` : 'Saved');
      done(answer.value.patient);
    } else if (now?.ok) {
      theirs.value = now.value.patient;
      focusSoon('#overtaken-title');
    } else {
      error.value = answer.message;
      const wrong = /“(?:numbers\.(\d)|name)”/.exec(answer.message);
      if (wrong !== null) focusNow(wrong[1] === undefined ? '#patient-name' : `#patient-number-${wrong[1]}`);
    }
  }
  const other = theirs.value;

  return html`<form class="form" noValidate onSubmit=${(event: SubmitEvent) => {
    event.preventDefault();
    void save(saved?.version ?? null);
  }}>
    ${field({
      id: 'patient-name',
      label: 'Name',
      control: html`<input id="patient-name" autocomplete="off" spellcheck=${false} maxlength=${PATIENT_LIMITS.name} value=${name.value} onInput=${(
        event: Event,
      ) => {
        name.value = written(event);
      }} />`,
    })}
    ${numbers.value.map((number, index) =>
      field({
        id: `patient-number-${index}`,
        label: index === 0 ? 'Phone' : `Phone ${index + 1}`,
        ...(index === 0 ? { help: 'By which callers are matched. A family may share one.' } : {}),
        control: html`<input id=${`patient-number-${index}`} type="tel" autocomplete="off" maxlength="40" aria-describedby=${index === 0 ? 'patient-number-0-help' : undefined} value=${number} onInput=${(
          event: Event,
        ) => {
          numbers.value = numbers.value.with(index, written(event));
        }} />`,
      }),
    )}
    ${
      numbers.value.length < PATIENT_LIMITS.numbers
        ? html`<div class="form__actions"><button type="button" class="button" onClick=${() => {
            numbers.value = [...numbers.value, ''];
            focusSoon(`#patient-number-${numbers.value.length - 1}`);
          }}>Add a phone</button></div>`
        : null
    }
    ${field({
      id: 'patient-language',
      label: 'Language',
      help: 'In which a conversation begins that this patient begins by texting.',
      control: html`<select id="patient-language" aria-describedby="patient-language-help" onChange=${(
        event: Event,
      ) => {
        language.value = written(event) || null;
      }}>
        <option value="" selected=${language.value === null}>Not known</option>
        ${languagesWith(start.language).map(({ tag, name: label }) => html`<option key=${tag} value=${tag} selected=${tag === language.value}>${label}</option>`)}
      </select>`,
    })}
    ${choices(
      'patient-status',
      'Status',
      PATIENT_STATUSES.map((value) => ({ value, ...STATUS_WORDS[value] })),
      status.value,
      (value) => {
        status.value = value;
      },
    )}
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    ${
      other === null
        ? null
        : html`<section class="callout callout--warn" aria-labelledby="overtaken-title"><div>
            <h3 id="overtaken-title" tabindex="-1">Somebody else changed this patient meanwhile</h3>
            <ul class="patient-differences">${patientDifferences(
              { ...details(), numbers: details().numbers.map(plainNumber) },
              other,
            ).map(
              ({ what, mine, theirs: their }) =>
                html`<li key=${what}><strong>${what}</strong><span>Yours: ${mine}</span><span>Theirs: ${their}</span></li>`,
            )}</ul>
            <div class="form__actions">
              <button type="button" class="button" onClick=${overtaken}>Take theirs</button>
              <button type="button" class="button" onClick=${() => void save(other.version)}>Save mine over it</button>
            </div>
          </div></section>`
    }
    <div class="form__actions">
      <button type="submit" class="button button--primary" aria-disabled=${isBusy.value || other !== null ? 'true' : undefined}>${saved === null ? 'Add patient' : 'Save'}</button>
    </div>
  </form>`;
}

/** So that writing a number differently is no difference. */
function plainNumber(written: string): string {
  const digits = written.replace(/\D/g, '');
  return digits.length === 10 ? `+1${digits}` : digits.length === 11 ? `+${digits}` : written;
}

function languagesWith(tag: string | null) {
  const often = languageChoices([]);
  return tag === null || often.some((one) => one.tag === tag)
    ? often
    : [{ tag, name: languageName(tag) }, ...often];
}

function written({ currentTarget }: Event): string {
  return (currentTarget as HTMLInputElement | HTMLSelectElement).value;
}
