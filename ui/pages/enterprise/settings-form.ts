import { useSignal } from '@preact/signals';
import { IDLE_MINUTES, MAX_HOURS } from '../../../src/domain/people/session-rules.ts';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import { describedBy, field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusNow, notify, useUnsaved } from '../../shell/page.ts';
import { enterpriseApi, type Settings } from './enterprise-api.ts';
import { notThere, useLoaded } from './loaded.ts';

/** As typed. */
interface Draft {
  name: string;
  idle: string;
  hours: string;
}

export function SettingsForm(): VNode {
  const loaded = useLoaded(enterpriseApi.settings);
  const current = loaded.answer.value;
  const changed = (enterprise: Settings) => {
    loaded.answer.value = { ok: true, value: { enterprise } };
  };
  return html`<section class="card" aria-labelledby="enterprise-title">
    <h2 class="section__title" id="enterprise-title">Name and sessions</h2>
    ${current?.ok ? html`<${Form} saved=${current.value.enterprise} changed=${changed} />` : notThere(loaded, 'settings')}
  </section>`;
}

function draftOf({ name, sessionIdleMinutes, sessionMaxHours }: Settings): Draft {
  return { name, idle: String(sessionIdleMinutes), hours: String(sessionMaxHours) };
}

function Form({ saved, changed }: { saved: Settings; changed: (settings: Settings) => void }): VNode {
  const kept = useSignal<Draft | null>(null);
  const fault = useSignal<{ id: string | null; message: string } | null>(null);
  const isBusy = useSignal(false);
  const draft = kept.value ?? draftOf(saved);
  const isChanged = !isSameJson(draft, draftOf(saved));
  useUnsaved(isChanged);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.peek() || !isChanged) return;
    const [idle, hours] = [Number(draft.idle), Number(draft.hours)];
    if (draft.name.trim() === '') return refuse('enterprise-name', 'Give it a name.');
    if (!isWithin(idle, IDLE_MINUTES)) return refuse('idle', outside(IDLE_MINUTES));
    if (!isWithin(hours, MAX_HOURS)) return refuse('max-hours', outside(MAX_HOURS));
    isBusy.value = true;
    const answer = await enterpriseApi.change({
      name: draft.name.trim(),
      sessionIdleMinutes: idle,
      sessionMaxHours: hours,
    });
    isBusy.value = false;
    if (!answer.ok) return refuse(null, answer.message);
    kept.value = null;
    changed(answer.value.enterprise);
    notify('Saved. It holds from everybody’s next click on.');
  }
  function refuse(id: string | null, message: string): void {
    fault.value = { id, message };
    if (id !== null) focusNow(`#${id}`);
  }

  const input = (id: string, key: keyof Draft, label: string, help: string, unit: string | null) => {
    const error = fault.value?.id === id ? fault.value.message : null;
    const control = html`<input id=${id} inputmode=${unit === null ? undefined : 'numeric'} autocomplete="off" maxlength="100"
      aria-invalid=${error === null ? undefined : 'true'} aria-describedby=${describedBy({ id, help, error })}
      value=${draft[key]} onInput=${(event: Event) => {
        kept.value = { ...draft, [key]: (event.currentTarget as HTMLInputElement).value };
        fault.value = null;
      }} />`;
    const measured = html`<div class="field__measure">${control}<span>${unit}</span></div>`;
    return field({ id, label, help, error, control: unit === null ? control : measured });
  };
  return html`<form class="form" noValidate onSubmit=${submit}>
    ${input('enterprise-name', 'name', 'Name', 'For admins, who see it here and in the audit.', null)}
    ${input('idle', 'idle', 'Sign out after', 'Without a click or a key. 15 minutes is usual at a front desk.', 'minutes idle')}
    ${input('max-hours', 'hours', 'And at the latest after', 'However busy somebody is.', 'hours')}
    <div role="alert">${fault.value === null || fault.value.id !== null ? null : html`<p class="callout callout--danger">${fault.value.message}</p>`}</div>
    <div class="form__actions">
      <button class="button button--primary" type="submit" aria-disabled=${isChanged && !isBusy.value ? undefined : 'true'}>${isBusy.value ? 'Saving…' : 'Save'}</button>
      ${
        isChanged
          ? html`<button type="button" class="button button--quiet" onClick=${() => {
              kept.value = null;
              fault.value = null;
            }}>Discard</button>`
          : html`<span class="field__help">Saved</span>`
      }
    </div>
  </form>`;
}

function isWithin(value: number, { min, max }: { min: number; max: number }): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function outside({ min, max }: { min: number; max: number }): string {
  return `Write a whole number from ${min} to ${max}.`;
}
