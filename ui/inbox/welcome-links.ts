import type { InvitationAnswer } from '../../src/domain/people/people.ts';
import { type Answer, request } from './api.ts';

export type Given = { name: string } & ({ password: string } | { passkey: unknown });

/** What a link says, what it asks for, and what then uses it up. */
export interface Greeting {
  title: string;
  words: string;
  /** Whose it is, as far as the link knows. */
  email: string | null;
  asks: 'name-and-password' | 'new-password' | 'own-password' | 'own-session';
  /** How a passkey can be made by it; null where none can. */
  passkeyFor: { for: 'first-admin' | 'invitation' | 'password-link'; token: string } | null;
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
      words: 'You are its first admin. Choose how you will sign in.',
      email: null,
      asks: 'name-and-password',
      passkeyFor: { for: 'first-admin', token: link },
      leadsTo: '/',
      use: (given) => ask('/api/first-admin', { token: link, ...given }),
    },
  };
}

async function invitation(token: string): Promise<Answer<Greeting>> {
  const answer = await ask<InvitationAnswer>('/api/invitations/look-up', { token });
  if (!answer.ok) return answer;
  const { practiceId, practice, role, email, hasAccount, hasPassword } = answer.value;
  const greeting = { title: `Join ${practice}`, email, leadsTo: `/${encodeURIComponent(practiceId)}` };
  const as = role === 'manager' ? 'as a manager' : 'to work its inbox';
  const join = (given: object) => ask('/api/invitations/accept', { token, ...given });
  const value: Greeting = hasAccount
    ? {
        ...greeting,
        words: hasPassword
          ? `You are invited ${as}. You have an account already: its password lets you in.`
          : `You are invited ${as}, and have an account. If you are signed in with it in this browser, join now; else sign in first and open this link again.`,
        asks: hasPassword ? 'own-password' : 'own-session',
        passkeyFor: null,
        use: (given) => join('password' in given ? { password: given.password } : {}),
      }
    : {
        ...greeting,
        words: `You are invited ${as}. Choose how you will sign in.`,
        asks: 'name-and-password',
        passkeyFor: { for: 'invitation', token },
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
      passkeyFor: { for: 'password-link', token },
      leadsTo: '/',
      use: ({ name: _, ...chosen }) => ask('/api/password-links/use', { token, ...chosen }),
    },
  };
}

/** Whoever is signed in here has nothing to do with the link: 401 is about the password. */
function ask<T>(path: string, body: object): Promise<Answer<T>> {
  return request<T>('POST', path, body, { isAsking: true });
}
