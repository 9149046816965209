import { useSignal } from '@preact/signals';
import type { PracticeProfile } from '../../../src/domain/practice/practice-profile.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { NewPractice } from '../../design/new-practice.ts';
import { badge, hidden } from '../../design/parts.ts';
import { KIND_WORDS } from '../../design/practice-fields.ts';
import { Sheet } from '../../design/sheet.ts';
import { zoneName } from '../../design/zone-field.ts';
import { checkSession, focusSoon, notify } from '../../shell/page.ts';
import { enterpriseApi } from './enterprise-api.ts';
import { notThere, useLoaded } from './loaded.ts';

/** All practices, those that are over too; a new one goes on with its steps. */
export function Practices(): VNode {
  const loaded = useLoaded(enterpriseApi.practices);
  const isMaking = useSignal(false);
  const error = useSignal<string | null>(null);
  const current = loaded.answer.value;

  const make = async (practice: Parameters<typeof enterpriseApi.make>[0]) => {
    const answer = await enterpriseApi.make(practice);
    // Anew, as somebody who has one practice more.
    if (answer.ok) location.assign(`/${encodeURIComponent(answer.value.practice.id)}/set-up`);
    return answer;
  };
  async function bringBack({ id, name }: PracticeProfile): Promise<void> {
    const answer = await enterpriseApi.bringBack(id);
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    notify(`${name} is in use again. Bring back the lines that it needs.`);
    await Promise.all([loaded.load(), checkSession()]);
  }
  const close = () => {
    isMaking.value = false;
  };

  return html`<div class="enterprise-page__cards">
    <div class="form__actions">
      <button type="button" class="button button--primary" onClick=${() => {
        isMaking.value = true;
      }}>${icon('plus')}Make a practice</button>
    </div>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    ${current?.ok ? html`<ul class="rows">${current.value.practices.map((one) => row(one, () => void bringBack(one)))}</ul>` : notThere(loaded, 'practices')}
    <${Sheet} id="new-practice" title="Make a practice" isOpen=${isMaking.value} close=${close}>
      ${isMaking.value ? html`<${NewPractice} make=${make} focus=${focusSoon} />` : null}
    </${Sheet}>
  </div>`;
}

function row(practice: PracticeProfile, bringBack: () => void): VNode {
  const { id, name, kind, timeZone, archivedAt } = practice;
  const isOver = archivedAt !== null;
  return html`<li class="rows__row" key=${id}>
    <div class="rows__main">
      ${isOver ? html`<strong>${name}</strong>` : html`<a class="rows__link" data-inbox href=${`/${encodeURIComponent(id)}/set-up`}>${name}</a>`}
      <p class="rows__more">${KIND_WORDS[kind].label} · ${zoneName(timeZone)} · /${id}</p>
    </div>
    <div class="rows__end">${
      isOver
        ? html`${badge('Archived')}<button type="button" class="button" onClick=${bringBack}>Bring back${hidden(` ${name}`)}</button>`
        : null
    }</div>
  </li>`;
}
