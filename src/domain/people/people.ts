import type { Role } from './signed-in.ts';

/** What somebody is in one practice; being an admin is not of a practice. */
export const MEMBER_ROLES = ['staff', 'manager'] as const satisfies readonly Role[];
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const INVITATION_DAYS = 7;
export const PASSWORD_LINK_HOURS = 24;

/** Open at the same time in one practice; more is a mistake or mischief. */
export const MAX_INVITATIONS = 200;

/** Somebody as the people page of a practice shows them. Instants are epoch milliseconds. */
export interface Person {
  id: string;
  name: string;
  email: string;
  /** Null: no member here. Admins need not be one; others without any practice are shown to admins only. */
  role: MemberRole | null;
  isAdmin: boolean;
  /** Null: has never signed in, or not since this is noted. */
  seenAt: number | null;
  deactivatedAt: number | null;
}

/** Somebody who has a link and has not used it. */
export interface OpenInvitation {
  id: string;
  email: string;
  role: MemberRole;
  invitedBy: string;
  invitedAt: number;
  expiresAt: number;
}

export interface PeopleAnswer {
  people: Person[];
  invitations: OpenInvitation[];
}

/** What a link says to whoever opens it. */
export interface InvitationAnswer {
  practiceId: string;
  practice: string;
  role: MemberRole;
  email: string;
  /** Then they join with the password that they have, or once they are signed in. */
  hasAccount: boolean;
  hasPassword: boolean;
}

/** Where somebody is signed in. */
export interface OwnSession {
  /** Names the session and lets nobody in. */
  id: string;
  browser: string | null;
  since: number;
  usedAt: number;
  isThis: boolean;
}
