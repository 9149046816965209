import { useSignal } from '@preact/signals';
import type { FoundPatient } from '../../../src/domain/patients/found-patient.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { openConversation } from '../actions/conversation-actions.ts';
import { addressOf } from '../actions/navigation.ts';
import { announce } from '../announcer.ts';
import { practicePath, request } from '../api.ts';
import { practiceId } from '../store.ts';
import { marked, markedNumber } from './marked.ts';

type Asked =
  | { is: 'not-asked' | 'loading' }
  | { is: 'failed'; message: string }
  | { is: 'found'; patients: FoundPatient[]; isEverywhere: boolean };

/** The directory is asked only when somebody wants it: other practices' patients may be in it, which is in the log. */
export function FoundPatients({ query }: { query: string }): VNode {
  const asked = useSignal<Asked>({ is: 'not-asked' });
  useEffect(() => {
    asked.value = { is: 'not-asked' };
  }, [query]);

  async function look(): Promise<void> {
    const practice = practiceId.peek();
    if (practice === null) return;
    asked.value = { is: 'loading' };
    const answer = await request<{ patients: FoundPatient[]; isEverywhere: boolean }>(
      'GET',
      `${practicePath(practice)}/patient-conversations?${new URLSearchParams({ q: query })}`,
    );
    asked.value = answer.ok ? { is: 'found', ...answer.value } : { is: 'failed', message: answer.message };
    if (answer.ok) announce(countWords(answer.value.patients.length));
  }

  const now = asked.value;
  switch (now.is) {
    case 'not-asked':
    case 'loading':
      return html`<div class="found__ask">
        <button type="button" class="button" disabled=${now.is === 'loading'} onClick=${() => void look()}>
          ${icon('card')}${now.is === 'loading' ? 'Looking…' : 'Look in the patient directory'}
        </button>
      </div>`;
    case 'failed':
      return html`<div class="found__ask" role="alert">
        <p>${now.message}</p>
        <button type="button" class="button" onClick=${() => void look()}>Try again</button>
      </div>`;
    case 'found':
      return html`<section class="list-section" aria-labelledby="found-patients">
        <h3 class="list-section__title" id="found-patients">${now.isEverywhere ? 'Patients of all practices' : 'Patients'}</h3>
        ${
          now.patients.length === 0
            ? html`<p class="found__none">No patient has this name or number.</p>`
            : html`<ul>${now.patients.map((patient) => patientRow(patient, query))}</ul>`
        }
      </section>`;
  }
}

function countWords(count: number): string {
  return count === 0 ? 'No patient found' : count === 1 ? 'One patient found' : `${count} patients found`;
}

function patientRow({ id, name, practice, numbers }: FoundPatient, query: string): VNode {
  const isElsewhere = practice.id !== practiceId.value;
  return html`<li class="found__patient" key=${`${practice.id} ${id}`}>
    <p class="row__name"><bdi>${marked(name, query)}</bdi></p>
    ${isElsewhere ? html`<p class="row__facts">Patient of ${practice.name}</p>` : null}
    <ul>
      ${numbers.map(
        ({ number, conversations }) => html`<li class="found__number" key=${number}>
          <span>${markedNumber(number, query)}</span>
          ${conversations.length === 0 ? html`<span class="row__facts">No conversation here yet</span>` : conversations.map((one) => conversationLink(one, name))}
        </li>`,
      )}
    </ul>
  </li>`;
}

function conversationLink(id: string, name: string): VNode {
  return html`<a
    key=${id}
    href=${addressOf({ conversationId: id })}
    onClick=${(event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      openConversation(id);
    }}
  >Open the conversation${hidden(` with ${name}`)}</a>`;
}
