import type { OpenInvitation, Person } from '../../../src/domain/people/people.ts';
import type { Answer } from '../../shell/page.ts';
import type { PeopleApi } from './people-api.ts';

export type PersonChange = 'end-work' | 'make-admin' | 'unmake-admin' | 'deactivate' | 'reactivate';

/** What is asked about before it is done. */
export type Asked = { what: PersonChange; person: Person } | { what: 'withdraw'; invitation: OpenInvitation };

export interface Question {
  title: string;
  text: string;
  does: string;
  isDangerous: boolean;
  /** Said when it is done. */
  done: string;
  act: (api: PeopleApi) => Promise<Answer<null>>;
}

export function questionOf(asked: Asked, practiceName: string): Question {
  if (asked.what === 'withdraw') {
    const { id, email } = asked.invitation;
    return {
      title: 'Withdraw the invitation?',
      text: `The link that ${email} was given works no more. You can invite them again.`,
      does: 'Withdraw',
      isDangerous: true,
      done: 'Invitation withdrawn',
      act: (api) => api.withdraw(id),
    };
  }
  const { id, name } = asked.person;
  switch (asked.what) {
    case 'end-work':
      return {
        title: `End ${name}’s work here?`,
        text: `They no longer see ${practiceName}, at once. What they wrote stays. To take them back, invite them again.`,
        does: 'End',
        isDangerous: true,
        done: `${name} no longer works here`,
        act: (api) => api.endWork(id),
      };
    case 'make-admin':
      return {
        title: `Make ${name} an admin?`,
        text: 'They will see every conversation of every practice, and can change everything, also who is admin.',
        does: 'Make admin',
        isDangerous: false,
        done: `${name} is an admin`,
        act: (api) => api.changeEverywhere(id, { isAdmin: true }),
      };
    case 'unmake-admin':
      return {
        title: `Is ${name} no longer an admin?`,
        text: 'They keep what they are in single practices, if anything.',
        does: 'No longer an admin',
        isDangerous: true,
        done: `${name} is no longer an admin`,
        act: (api) => api.changeEverywhere(id, { isAdmin: false }),
      };
    case 'deactivate':
      return {
        title: `Deactivate ${name}?`,
        text: 'They are signed out everywhere at once and cannot sign in. What they wrote stays, under their name. You can reactivate them.',
        does: 'Deactivate',
        isDangerous: true,
        done: `${name} is deactivated`,
        act: (api) => api.changeEverywhere(id, { isActive: false }),
      };
    case 'reactivate':
      return {
        title: `Reactivate ${name}?`,
        text: 'They can sign in again, with the roles and the password that they had.',
        does: 'Reactivate',
        isDangerous: false,
        done: `${name} can sign in again`,
        act: (api) => api.changeEverywhere(id, { isActive: true }),
      };
  }
}
