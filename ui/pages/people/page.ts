import { useSignal } from '@preact/signals';
import type { PeopleAnswer, Person } from '../../../src/domain/people/people.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { focusSoon, minute, notify, type PageProps, session, useFrames } from '../../shell/page.ts';
import { type Asked, questionOf } from './asked.ts';
import { InviteForm, type Inviting } from './invite-form.ts';
import { peopleApi } from './people-api.ts';
import { PersonDetails } from './person-details.ts';
import { invitationRow, personRow } from './rows.ts';

type Load = { is: 'loading' } | ({ is: 'ready' } & PeopleAnswer) | { is: 'failed'; message: string };

/** Who works here and who is invited; one of them, or a new invitation, in a sheet. */
export function Page({ practice }: PageProps): VNode {
  const api = peopleApi(practice.id);
  const load = useSignal<Load>({ is: 'loading' });
  const openedId = useSignal<string | null>(null);
  const inviting = useSignal<Inviting | null>(null);
  const asked = useSignal<Asked | null>(null);
  const refusal = useSignal<string | null>(null);
  const isBusy = useSignal(false);

  async function fetchPeople(): Promise<void> {
    const answer = await api.list();
    load.value = answer.ok ? { is: 'ready', ...answer.value } : { is: 'failed', message: answer.message };
  }
  useEffect(() => void fetchPeople(), [practice.id]);
  // Whoever has just taken up an invitation opens the inbox next; nothing else is told of it.
  useFrames(({ type }) => {
    if (type === 'presence') void fetchPeople();
  });

  const question = asked.value === null ? null : questionOf(asked.value, practice.name);
  async function confirm(): Promise<void> {
    if (question === null) return;
    isBusy.value = true;
    const answer = await question.act(api);
    isBusy.value = false;
    refusal.value = answer.ok ? null : answer.message;
    void fetchPeople();
    if (!answer.ok) return;
    notify(question.done);
    asked.value = null;
    openedId.value = null;
    // What the keyboard would return to may be gone.
    focusSoon('#page-title');
  }
  const ask = (what: Asked) => {
    refusal.value = null;
    asked.value = what;
  };

  const current = load.value;
  const opened = current.is === 'ready' ? current.people.find(({ id }) => id === openedId.value) : undefined;
  const invite = html`<button type="button" class="button button--primary" onClick=${() => {
    inviting.value = { email: '', role: 'staff' };
  }}>${icon('plus')}Invite somebody</button>`;
  return html`
    ${pageHead({ title: 'People', lead: 'Who works here, and what they may do.', actions: invite })}
    <div class="page__body people">${content()}</div>
    <${Sheet} id="invite" title="Invite somebody" isOpen=${inviting.value !== null} close=${() => {
      inviting.value = null;
    }}>
      ${inviting.value === null ? null : html`<${InviteForm} begin=${inviting.value} api=${api} practice=${practice} invited=${() => void fetchPeople()} />`}
    </${Sheet}>
    <${Sheet} id="person" title=${opened?.name ?? ''} isOpen=${opened !== undefined} close=${() => {
      openedId.value = null;
    }}>
      ${opened === undefined ? null : html`<${PersonDetails} key=${opened.id} person=${opened} api=${api} practice=${practice} changed=${() => void fetchPeople()} ask=${ask} />`}
    </${Sheet}>
    <${ConfirmDialog}
      id="ask-person"
      title=${question?.title ?? ''}
      text=${question?.text ?? ''}
      does=${question?.does ?? ''}
      isDangerous=${question?.isDangerous ?? false}
      isOpen=${question !== null}
      isBusy=${isBusy.value}
      error=${refusal.value}
      confirm=${() => void confirm()}
      cancel=${() => {
        asked.value = null;
      }}
    />
  `;

  function content(): VNode {
    switch (current.is) {
      case 'loading':
        return skeleton(4, 'row', 'Loading people');
      case 'failed': {
        const again = html`<button type="button" class="button" onClick=${() => void fetchPeople()}>Try again</button>`;
        return emptyState('alert', 'The people could not be loaded', current.message, again);
      }
      case 'ready':
        return lists(current);
    }
  }

  function lists({ people, invitations }: PeopleAnswer): VNode {
    const shown = { meId: session.value?.staff.id, now: minute.value, timeZone: practice.timeZone };
    const row = (person: Person) =>
      personRow(person, shown, () => {
        openedId.value = person.id;
      });
    const isOff = ({ deactivatedAt }: Person) => deactivatedAt !== null;
    const here = people.filter(({ role, isAdmin }) => role !== null || isAdmin);
    const active = here.filter((person) => !isOff(person));
    return html`
      ${section(
        'Invited',
        invitations.map((invitation) =>
          invitationRow(invitation, shown, {
            again: ({ email, role }) => {
              inviting.value = { email, role };
            },
            withdraw: (one) => ask({ what: 'withdraw', invitation: one }),
          }),
        ),
      )}
      ${section('Works here', active.map(row))}
      ${section('Deactivated', here.filter(isOff).map(row))}
      ${section('In no practice', people.filter((one) => !here.includes(one)).map(row))}
    `;
  }
}

function section(title: string, rows: VNode[]): VNode | null {
  if (rows.length === 0) return null;
  const id = `people-${title.toLowerCase().replaceAll(' ', '-')}`;
  return html`<section class="section" key=${id} aria-labelledby=${id}>
    <div class="section__head"><h2 class="section__title" id=${id}>${title}</h2><span class="section__aside">${rows.length}</span></div>
    <ul class="rows">${rows}</ul>
  </section>`;
}
