import { useSignal } from '@preact/signals';
import { MEMBER_ROLES, type Person } from '../../../src/domain/people/people.ts';
import { choices } from '../../design/form-parts.ts';
import { formatInFull } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusSoon, notify, session } from '../../shell/page.ts';
import type { Asked, PersonChange } from './asked.ts';
import { linkBox } from './link-box.ts';
import type { NewLink, PeopleApi } from './people-api.ts';
import { ROLE_WORDS } from './role-words.ts';

interface Details {
  person: Person;
  api: PeopleApi;
  practice: { name: string; timeZone: string };
  /** The list is out of date. */
  changed: () => void;
  /** Before what has consequences. */
  ask: (asked: Asked) => void;
}

/** Who somebody is, and everything that whoever looks may do about it. */
export function PersonDetails(details: Details): VNode {
  const { person, practice } = details;
  const isMe = person.id === session.value?.staff.id;
  const amAdmin = session.value?.staff.isAdmin ?? false;
  const why = isMe
    ? 'This is you. Nobody changes their own role or access: ask a colleague. Your password and sessions are under My account.'
    : person.isAdmin && !amAdmin
      ? 'Admins work in every practice. Only admins change what they may do.'
      : null;
  return html`
    <dl class="facts">
      <dt>E-mail</dt><dd class="person-facts__email">${person.email}</dd>
      <dt>Last seen</dt><dd>${person.seenAt === null ? 'Not yet' : formatInFull(person.seenAt, practice.timeZone)}</dd>
      ${person.deactivatedAt === null ? null : html`<dt>Deactivated</dt><dd>${formatInFull(person.deactivatedAt, practice.timeZone)}</dd>`}
    </dl>
    ${why === null ? html`<${Changes} ...${details} amAdmin=${amAdmin} />` : html`<p class="callout callout--plain">${why}</p>`}
  `;
}

function Changes({ person, api, practice, changed, ask, amAdmin }: Details & { amAdmin: boolean }): VNode {
  const { id, name, isAdmin, deactivatedAt } = person;
  const role = useSignal(person.role);
  const link = useSignal<NewLink | null>(null);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);

  async function saveRole(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const wanted = role.peek();
    if (isBusy.peek() || wanted === null || wanted === person.role) return;
    isBusy.value = true;
    const answer = await api.changeRole(id, wanted);
    isBusy.value = false;
    error.value = answer.ok ? null : answer.message;
    if (answer.ok) notify(`${name}: ${ROLE_WORDS[wanted].label}`);
    changed();
  }
  async function makeLink(): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    const answer = await api.passwordLink(id);
    isBusy.value = false;
    error.value = answer.ok ? null : answer.message;
    link.value = answer.ok ? answer.value : null;
    // The button that had the keyboard has given way to the link.
    if (answer.ok) focusSoon('#new-link');
  }
  const isSame = role.value === person.role;

  return html`
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    ${
      role.value === null
        ? null
        : html`<form class="form" onSubmit=${saveRole}>
            ${choices(
              'person-role',
              `Role in ${practice.name}`,
              MEMBER_ROLES.map((value) => ({ value, ...ROLE_WORDS[value] })),
              role.value,
              (value) => {
                role.value = value;
              },
            )}
            <div class="form__actions"><button type="submit" class="button button--primary" aria-disabled=${isSame || isBusy.value ? 'true' : undefined}>Save role</button></div>
          </form>`
    }
    ${
      deactivatedAt === null
        ? act(
            'Forgot the password, or lost a passkey?',
            'A link, good once and for a day, lets them choose a new password or make a passkey. It signs them out everywhere.',
            link.value === null
              ? html`<button type="button" class="button" onClick=${() => void makeLink()}>Make a link</button>`
              : linkBox(
                  link.value,
                  `Give it to ${name} in person, or by a way that only they read.`,
                  practice.timeZone,
                ),
          )
        : null
    }
    ${
      person.role === null
        ? null
        : act(
            'Leaving this practice',
            'They no longer see it. What they wrote stays, under their name.',
            html`<button type="button" class="button button--danger" onClick=${() => ask({ what: 'end-work', person })}>End work here…</button>`,
          )
    }
    ${amAdmin ? everywhere(isAdmin, deactivatedAt !== null, (what) => ask({ what, person })) : null}
  `;
}

function everywhere(isAdmin: boolean, isOff: boolean, ask: (what: PersonChange) => void): VNode {
  return html`
    ${act(
      'In every practice',
      isAdmin
        ? 'An admin: works and sets up everywhere.'
        : 'Admins work in every practice, set each up, and decide who else may.',
      isAdmin
        ? html`<button type="button" class="button button--danger" onClick=${() => ask('unmake-admin')}>No longer an admin…</button>`
        : html`<button type="button" class="button" onClick=${() => ask('make-admin')}>Make admin…</button>`,
    )}
    ${act(
      isOff ? 'Deactivated' : 'Leaving for good, or a lost phone',
      isOff
        ? 'They cannot sign in. Reactivated, they have the roles and the password that they had.'
        : 'Signs them out everywhere at once and keeps them out, in every practice, until an admin reactivates them.',
      isOff
        ? html`<button type="button" class="button" onClick=${() => ask('reactivate')}>Reactivate…</button>`
        : html`<button type="button" class="button button--danger" onClick=${() => ask('deactivate')}>Deactivate…</button>`,
    )}
  `;
}

function act(title: string, help: string, control: VNode): VNode {
  return html`<section class="act"><h3 class="act__title">${title}</h3><p class="field__help">${help}</p>${control}</section>`;
}
