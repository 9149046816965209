import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import type { AuditSubject } from '../../domain/audit/audit-entry.ts';
import { MAX_INVITATIONS, MEMBER_ROLES, type PeopleAnswer, type Person } from '../../domain/people/people.ts';
import { invitationsOf, invite, withdrawInvitation } from '../../practices/invitations.ts';
import { makePasswordLink } from '../../practices/password-links.ts';
import {
  type Acting,
  changeRole,
  endMembership,
  peopleOfPractice,
  personSeenFrom,
  personWithEmail,
} from '../../practices/people.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { recheckSockets } from './recheck-sockets.ts';
import { managedPracticeOf, managersOnly, type SignedInEnv, signedIn } from './signed-in.ts';

/** Who works in a practice, and how they come and go. For managers. */
export const people = new Hono<SignedInEnv>();

const PEOPLE = '/api/practices/:practice/people';
// Beside the people, not below: the router tells no fixed part from an id in the same place.
const INVITATIONS = '/api/practices/:practice/invitations';
const INVITATION = `${INVITATIONS}/:invitation`;
const PERSON = `${PEOPLE}/:staff`;
const PASSWORD_LINK = `${PERSON}/password-link`;

const refusals = {
  403: { description: '`not-allowed`' },
  404: { description: 'Not there, or not yours to see.' },
};

const MemberRole = z.enum(MEMBER_ROLES, 'use staff or manager');
const Invitation = z.strictObject({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'an e-mail address has at most 254 characters')
    .pipe(z.email('write an e-mail address')),
  role: MemberRole,
});
const Change = z.strictObject({ role: MemberRole });

people.get(
  PEOPLE,
  describeRoute({
    summary: 'Who works here, who is invited, and the admins (managers)',
    responses: { 200: { description: '`people` and `invitations`' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const [everybody, invitations] = await Promise.all([
      peopleOfPractice(c.env.DB, id, { withHomeless: c.var.session.staff.isAdmin }),
      invitationsOf(c.env.DB, id),
    ]);
    return c.json({ people: everybody, invitations } satisfies PeopleAnswer);
  },
);

people.post(
  INVITATIONS,
  describeRoute({
    summary: 'Invite somebody by a link that works once, for 7 days (managers)',
    responses: {
      201: {
        description: '`path`, to be opened at this origin and not told again; `expiresAt`, `hasAccount`',
      },
      409: { description: '`works-here`, `is-deactivated` or `list-full`' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(Invitation),
  async (c) => {
    const practice = managedPracticeOf(c.var.session, c.req.param('practice'));
    const { email, role } = c.req.valid('json');
    const known = await personWithEmail(c.env.DB, practice.id, email);
    if (known !== null && known.deactivatedAt !== null) throw new Problem('is-deactivated');
    if (known !== null && known.role !== null) throw new Problem('works-here');
    const invitation = { actorId: c.var.session.staff.id, practiceId: practice.id, email, role };
    const id = crypto.randomUUID();
    const invited = await audited(c, (entry) => {
      const subject = { is: 'invitation', id, label: email } as const;
      const made = entry({ log: practice.id, action: 'person-invited', subject, after: { role } });
      return invite(c.env.DB, { ...invitation, id, now: Date.now() }, made);
    });
    if (invited.is === 'refused') {
      throw new Problem('list-full', {
        message: `There are ${MAX_INVITATIONS} open invitations already. Withdraw some that are not needed.`,
      });
    }
    const { token, expiresAt } = invited;
    return c.json({ id, path: `/welcome#invitation.${token}`, expiresAt, hasAccount: known !== null }, 201);
  },
);

people.delete(
  INVITATION,
  describeRoute({
    summary: 'Withdraw an invitation (managers)',
    responses: { 204: { description: 'The link works no more.' }, ...refusals },
  }),
  signedIn,
  async (c) => {
    const { id } = managedPracticeOf(c.var.session, c.req.param('practice'));
    const invitation = (await invitationsOf(c.env.DB, id)).find(
      (one) => one.id === c.req.param('invitation'),
    );
    if (invitation === undefined) throw new Problem('not-found');
    const isWithdrawn = await audited(c, (entry) => {
      const subject = { is: 'invitation', id: invitation.id, label: invitation.email } as const;
      const made = entry({ log: id, action: 'invitation-withdrawn', subject });
      return withdrawInvitation(c.env.DB, id, invitation.id, made);
    });
    if (!isWithdrawn) throw new Problem('not-found');
    return c.body(null, 204);
  },
);

people.patch(
  PERSON,
  describeRoute({
    summary: 'Change what somebody is here (managers)',
    responses: {
      200: { description: '`person`' },
      409: { description: '`yourself` or `changed-meanwhile`' },
      ...refusals,
    },
  }),
  signedIn,
  managersOnly,
  jsonBody(Change),
  async (c) => {
    const { acting, person } = await memberMeant(c);
    const { role } = c.req.valid('json');
    const isChanged = await audited(c, (entry) => {
      const [before, after] = [{ role: person.role }, { role }];
      const about = { log: acting.practiceId, subject: subjectOf(person) };
      return changeRole(c.env.DB, acting, role, entry({ ...about, action: 'role-changed', before, after }));
    });
    if (!isChanged) throw new Problem('changed-meanwhile');
    const isManager = person.isAdmin || role === 'manager';
    await recheckSockets(c.env, [acting.practiceId], acting.staffId, isManager);
    return c.json({ person: { ...person, role } });
  },
);

people.delete(
  PERSON,
  describeRoute({
    summary: 'End somebody’s work here; their account and what they wrote stay (managers)',
    responses: {
      204: { description: 'They see this practice no more.' },
      409: { description: '`yourself` or `changed-meanwhile`' },
      ...refusals,
    },
  }),
  signedIn,
  async (c) => {
    const { acting, person } = await memberMeant(c);
    const isEnded = await audited(c, (entry) => {
      const about = { log: acting.practiceId, subject: subjectOf(person) };
      const made = entry({ ...about, action: 'membership-ended', before: { role: person.role } });
      return endMembership(c.env.DB, acting, made);
    });
    if (!isEnded) throw new Problem('changed-meanwhile');
    await recheckSockets(c.env, [acting.practiceId], acting.staffId);
    return c.body(null, 204);
  },
);

people.post(
  PASSWORD_LINK,
  describeRoute({
    summary: 'A link, good once and for 24 hours, by which somebody chooses a new password (managers)',
    responses: {
      201: { description: '`path`, to be opened at this origin and not told again; `expiresAt`' },
      409: { description: '`yourself` or `is-deactivated`' },
      ...refusals,
    },
  }),
  signedIn,
  async (c) => {
    const { acting, person } = await memberMeant(c, { orAnybody: c.var.session.staff.isAdmin });
    if (person.deactivatedAt !== null) throw new Problem('is-deactivated');
    const link = await audited(c, (entry) => {
      const about = { log: acting.practiceId, subject: subjectOf(person) };
      const made = entry({ ...about, action: 'password-link-made' });
      return makePasswordLink(c.env.DB, { ...acting, now: Date.now() }, made);
    });
    if (link === null) {
      throw new Problem('not-allowed', {
        message: 'This person also works where you are no manager. Ask an admin to make the link.',
      });
    }
    return c.json({ path: `/welcome#password.${link.token}`, expiresAt: link.expiresAt }, 201);
  },
);

for (const path of [PEOPLE, INVITATIONS, INVITATION, PASSWORD_LINK, PERSON]) {
  people.all(path, () => {
    throw new Problem('wrong-method');
  });
}

function subjectOf({ id, name }: Person): AuditSubject {
  return { is: 'person', id, label: name };
}

/** Somebody else than who asks, and a member here. Admins are changed by admins only. */
async function memberMeant(
  c: Context<SignedInEnv>,
  { orAnybody = false } = {},
): Promise<{ acting: Acting; person: Person }> {
  const { session } = c.var;
  const practice = managedPracticeOf(session, c.req.param('practice') ?? '');
  const acting = {
    actorId: session.staff.id,
    practiceId: practice.id,
    staffId: c.req.param('staff') ?? '',
  };
  const person = await personSeenFrom(c.env.DB, practice.id, acting.staffId);
  if (person === null || (person.role === null && !orAnybody)) throw new Problem('not-found');
  if (acting.staffId === acting.actorId) throw new Problem('yourself');
  if (person.isAdmin && !session.staff.isAdmin)
    throw new Problem('not-allowed', { message: 'This is an admin: only admins change what they may do.' });
  return { acting, person };
}
