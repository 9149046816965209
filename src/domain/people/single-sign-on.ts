import type { MemberRole } from './people.ts';

/** What a group of the provider gives its members. */
export type Grant = { is: 'admin' } | { is: 'member'; practiceId: string; role: MemberRole };

export type GroupRule = { group: string } & Grant;

/** How people sign in through the OpenID provider of their organization; an admin's to set. */
export interface SingleSignOn {
  /** On the button: “Sign in with {name}”. */
  name: string;
  /** As the provider calls itself, such as https://login.clinic.example. */
  issuer: string;
  clientId: string;
  /** The claim that lists somebody's groups. */
  groupsClaim: string;
  /** Takes e-mails for verified that the provider says nothing about; what it calls unverified is refused all the same. */
  trustsEmails: boolean;
  groups: GroupRule[];
  isOn: boolean;
  /** Everything else is closed, but for admins in an emergency. */
  isOnlyWay: boolean;
}

export const MAX_GROUP_RULES = 200;

export const NO_SINGLE_SIGN_ON: SingleSignOn = {
  name: '',
  issuer: '',
  clientId: '',
  groupsClaim: 'groups',
  trustsEmails: false,
  groups: [],
  isOn: false,
  isOnlyWay: false,
};

/** What an admin sees of how people sign in. */
export interface SignInSettings {
  /** Managers and admins need a passkey. */
  passkeysNeeded: boolean;
  singleSignOn: SingleSignOn;
  /** Goes up with every change. */
  version: number;
  /** When somebody last came in by this issuer and client. */
  workedAt: number | null;
}

/** Besides what is stored: what the deployment knows. */
export interface SignInSettingsAnswer extends SignInSettings {
  /** The secret itself is shown to nobody. */
  hasSecret: boolean;
  /** To be registered at the provider: one for each host name. */
  redirectUris: string[];
  practices: { id: string; name: string }[];
}

/** What somebody may do who is in these groups. Of two roles in one practice, the one that may do more counts. */
export function accessOf(rules: readonly GroupRule[], groups: readonly string[]): SingleSignOnAccess {
  const given = rules.filter(({ group }) => groups.includes(group));
  const memberships = new Map<string, MemberRole>();
  for (const rule of given) {
    if (rule.is === 'member' && memberships.get(rule.practiceId) !== 'manager')
      memberships.set(rule.practiceId, rule.role);
  }
  const governed = rules.flatMap((rule) => (rule.is === 'member' ? [rule.practiceId] : []));
  return {
    isAdmin: rules.some(({ is }) => is === 'admin') ? given.some(({ is }) => is === 'admin') : null,
    memberships: [...memberships].map(([practiceId, role]) => ({ practiceId, role })),
    governed: [...new Set(governed)],
  };
}

/** What the rules say about somebody. What they do not speak of stays as people set it. */
export interface SingleSignOnAccess {
  /** Null: no rule makes admins. */
  isAdmin: boolean | null;
  memberships: { practiceId: string; role: MemberRole }[];
  /** The practices that a rule speaks of: whoever is in none of its groups does not work there. */
  governed: string[];
}

/** Whether there is anything that somebody new could do. */
export function givesAccess({ isAdmin, memberships }: SingleSignOnAccess): boolean {
  return isAdmin === true || memberships.length > 0;
}

/** The groups in a claim, which is a list, or one name. Anything else is none. */
export function groupsIn(claim: unknown): string[] {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) ? claim.filter((one): one is string => typeof one === 'string') : [];
}

/** Whom a provider vouches for. */
export interface ProvidedPerson {
  issuer: string;
  subject: string;
  email: string | null;
  /** Null: it does not say. */
  isEmailVerified: boolean | null;
  name: string | null;
  groups: string[];
}

/** Null where the provider vouches for no e-mail, and so for nobody whom we could know. */
export function vouchedEmail(
  { email, isEmailVerified }: ProvidedPerson,
  trustsEmails: boolean,
): string | null {
  if (email === null || isEmailVerified === false) return null;
  return isEmailVerified === true || trustsEmails ? email : null;
}

/** What a look at a provider has found, before anybody signs in by it. */
export type ProviderLook =
  | {
      is: 'found';
      /** Where people type their password. */
      signsInAt: string;
      algorithms: string[];
      /** Whether the provider has a scope for groups; others send them anyway, once they are told to. */
      offersGroups: boolean;
      /** How we show that it is us: null means by PKCE alone. */
      secretSent: 'header' | 'body' | null;
    }
  /** `message` says what to do. */
  | { is: 'wrong'; message: string };

/** What the sign-in form offers besides e-mail and password. */
export interface WaysIn {
  /** What is on its button. */
  singleSignOn: string | null;
  isOnlyWay: boolean;
}
