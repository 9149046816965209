import type { InvitationAnswer } from '../../src/domain/people.ts';
import { type Answer, api, request } from './api.ts';

export interface Given {
  name: string;
  password: string;
}

/** What a link says, what it asks for, and what then uses it up. */
export interface Greeting {
  title: string;
  words: string;
  /** Whose it is, as far as the link knows. */
  email: string | null;
  asks: 'name-and-password' | 'new-password' | 'own-password';
  /** Where to go then. */
  leadsTo: string;
  use: (given: Given) => Promise<Answer<unknown>>;
}

/** Of the part behind the #, which browsers keep from servers and their logs. */
export async function greetingOf(link: string): Promise<Answer<Greeting>> {
  const [kind, token = ''] = link.split('.');
  if (kind === 'invitation') return invitation(token);
  if (kind === 'password') return newPassword(token);
  return {
    ok: true,
    value: {
      title: 'Welcome to Offhook',
      words: 'You are its first admin. Choose the password you will sign in with.',
      email: null,
      asks: 'name-and-password',
      leadsTo: '/',
      use: (given) => api.firstAdmin({ token: link, ...given }),
    },
  };
}

async function invitation(token: string): Promise<Answer<Greeting>> {
  const answer = await ask<InvitationAnswer>('/api/invitations/look-up', { token });
  if (!answer.ok) return answer;
  const { practiceId, practice, role, email, hasAccount } = answer.value;
  const greeting = { title: `Join ${practice}`, email, leadsTo: `/${encodeURIComponent(practiceId)}` };
  const as = role === 'manager' ? 'as a manager' : 'to work its inbox';
  const join = (given: object) => ask('/api/invitations/accept', { token, ...given });
  const value: Greeting = hasAccount
    ? {
        ...greeting,
        words: `You are invited ${as}. You have an account already: its password lets you in.`,
        asks: 'own-password',
        use: ({ password }) => join({ password }),
      }
    : {
        ...greeting,
        words: `You are invited ${as}. Choose the password you will sign in with.`,
        asks: 'name-and-password',
        use: join,
      };
  return { ok: true, value };
}

async function newPassword(token: string): Promise<Answer<Greeting>> {
  const answer = await ask<{ name: string; email: string }>('/api/password-links/look-up', { token });
  if (!answer.ok) return answer;
  const { name, email } = answer.value;
  return {
    ok: true,
    value: {
      title: 'Choose a new password',
      words: `For ${name}. You will be signed out everywhere else.`,
      email,
      asks: 'new-password',
      leadsTo: '/',
      use: ({ password }) => ask('/api/password-links/use', { token, password }),
    },
  };
}

/** Whoever is signed in here has nothing to do with the link: 401 is about the password. */
function ask<T>(path: string, body: object): Promise<Answer<T>> {
  return request<T>('POST', path, body, { isAsking: true });
}
