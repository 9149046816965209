import { useSignal } from '@preact/signals';
import type { AnyPatient } from '../../../src/domain/patients/any-patient.ts';
import { field } from '../../design/form-parts.ts';
import { formatInFull } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { badge } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { notify } from '../../shell/page.ts';
import { enterpriseApi } from './enterprise-api.ts';
import { notThere, useLoaded } from './loaded.ts';

/** Patients of one practice, seen by all: on only when somebody answers for it by name. */
export function AnyPatientCard({ timeZone }: { timeZone: string }): VNode {
  const loaded = useLoaded(enterpriseApi.anyPatient);
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  const who = useSignal({ name: '', role: '' });
  const isAgreed = useSignal(false);
  const current = loaded.answer.value;
  const value = current?.ok ? current.value : null;

  async function set(acknowledgement: { name: string; role: string; text: string } | null): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    const answer = await enterpriseApi.setAnyPatient(acknowledgement);
    isBusy.value = false;
    error.value = answer.ok ? null : answer.message.replace(/^Check “[\w.]+”: /, '');
    if (!answer.ok || value === null) return;
    loaded.answer.value = { ok: true, value: { ...value, setting: answer.value.setting } };
    isAsking.value = false;
    notify(answer.value.setting.isOn ? 'On. Conversations follow at once.' : 'Off. Names are gone at once.');
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (value === null) return;
    if (!isAgreed.value) {
      error.value = 'Tick that it was agreed to, or leave it off.';
      return;
    }
    void set({ ...who.value, text: value.text });
  };
  const written = (id: string, key: 'name' | 'role', label: string, help: string) =>
    field({
      id,
      label,
      help,
      control: html`<input id=${id} maxlength="100" required autocomplete="off" aria-describedby=${`${id}-help`} value=${who.value[key]}
        onInput=${(event: Event) => {
          who.value = { ...who.value, [key]: (event.currentTarget as HTMLInputElement).value };
          error.value = null;
        }} />`,
    });

  return html`<section class="card" aria-labelledby="any-patient-title">
    <div class="section__head">
      <h2 class="section__title" id="any-patient-title">Any patient</h2>
      ${value === null ? null : value.setting.isOn ? badge('On', 'accent') : badge('Off')}
    </div>
    <p>Practices may message and search any patient: a caller who is a verified patient of another practice is shown with their full name, and found by it.</p>
    ${value === null ? notThere(loaded, 'the setting') : state(value.setting, timeZone)}
    <div role="alert">${error.value === null || isAsking.value ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    ${
      value === null
        ? null
        : html`<div class="form__actions">${
            value.setting.isOn
              ? html`<button type="button" class="button" aria-disabled=${isBusy.value ? 'true' : undefined} onClick=${() => void set(null)}>Turn it off</button>`
              : html`<button type="button" class="button" onClick=${() => {
                  error.value = null;
                  isAsking.value = true;
                }}>Turn it on…</button>`
          }</div>`
    }
    <${Sheet} id="any-patient-ask" title="Who answers for it?" isOpen=${isAsking.value} close=${() => {
      isAsking.value = false;
    }}>
      <form class="form" onSubmit=${submit}>
        <blockquote class="agreed">${value?.text}</blockquote>
        ${written('agreed-name', 'name', 'Name', 'Of who agreed to this for the enterprise. It need not be you.')}
        ${written('agreed-role', 'role', 'Role', 'Such as privacy officer.')}
        <label class="check"><input type="checkbox" checked=${isAgreed.value} onChange=${(event: Event) => {
          isAgreed.value = (event.currentTarget as HTMLInputElement).checked;
          error.value = null;
        }} />They agreed to these words</label>
        <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
        <div class="form__actions"><button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>Turn it on</button></div>
        <p class="field__help">It stands in the audit of the enterprise: who, in which role, when, and that it was you who recorded it.</p>
      </form>
    </${Sheet}>
  </section>`;
}

function state({ acknowledgement: said }: AnyPatient, timeZone: string): VNode {
  if (said === null) return html`<p class="field__help">Off: each practice sees its own patients only.</p>`;
  return html`<dl class="facts">
    <dt>Answers for it</dt><dd>${said.name}, ${said.role}</dd>
    <dt>Since</dt><dd>${formatInFull(said.at, timeZone)}</dd>
    <dt>Recorded by</dt><dd>${said.recordedBy.name}</dd>
    <dt>Agreed to</dt><dd>${said.text}</dd>
  </dl>`;
}
