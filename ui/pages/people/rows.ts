import type { OpenInvitation, Person } from '../../../src/domain/people/people.ts';
import { formatListTime, formatUntil } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { avatar, badge, hidden } from '../../design/parts.ts';
import { ROLE_WORDS } from './role-words.ts';

interface Shown {
  meId: string | undefined;
  now: number;
  timeZone: string;
}

export function personRow(person: Person, { meId, now, timeZone }: Shown, open: () => void): VNode {
  const { id, name, email, seenAt, deactivatedAt } = person;
  const seen = seenAt === null ? 'Not seen yet' : `Last seen ${formatListTime(seenAt, now, timeZone)}`;
  return html`<li class="rows__row person-row" key=${id} data-person-id=${id} data-off=${String(deactivatedAt !== null)}>
    <span aria-hidden="true">${avatar(name, '')}</span>
    <div class="rows__main">
      <p class="person-row__name"><strong>${name}</strong>${marks(person, id === meId)}</p>
      <p class="rows__more person-row__facts"><span>${email}</span><span>${seen}</span></p>
    </div>
    <div class="rows__end"><button type="button" class="button" onClick=${open}>Details${hidden(` of ${name}`)}</button></div>
  </li>`;
}

function marks({ role, isAdmin, deactivatedAt }: Person, isMe: boolean): VNode {
  return html`<span class="person-row__marks">
    ${isAdmin ? badge('Admin', 'accent') : null}
    ${role === null ? null : badge(ROLE_WORDS[role].label, role === 'manager' ? 'accent' : 'plain')}
    ${deactivatedAt === null ? null : badge('Deactivated', 'danger')}
    ${isMe ? badge('You') : null}
  </span>`;
}

export interface InvitationActions {
  again: (invitation: OpenInvitation) => void;
  withdraw: (invitation: OpenInvitation) => void;
}

export function invitationRow(
  invitation: OpenInvitation,
  { now, timeZone }: Shown,
  actions: InvitationActions,
): VNode {
  const { id, email, role, invitedBy, expiresAt } = invitation;
  const isOver = expiresAt <= now;
  return html`<li class="rows__row person-row" key=${id} data-invitation-id=${id}>
    <div class="rows__main">
      <p class="person-row__name"><strong>${email}</strong><span class="person-row__marks">${badge(ROLE_WORDS[role].label)}${isOver ? badge('Too old', 'warn') : null}</span></p>
      <p class="rows__more person-row__facts"><span>Invited by ${invitedBy}</span><span>${isOver ? 'The link works no more' : `Link works until ${formatUntil(expiresAt, now, timeZone)}`}</span></p>
    </div>
    <div class="rows__end person-row__actions">
      <button type="button" class="button" onClick=${() => actions.again(invitation)}>New link${hidden(` for ${email}`)}</button>
      <button type="button" class="button button--quiet" onClick=${() => actions.withdraw(invitation)}>Withdraw${hidden(` the invitation of ${email}`)}</button>
    </div>
  </li>`;
}
