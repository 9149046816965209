import type { StaffRef } from '../conversation/message.ts';

export const PRACTICE_KINDS = ['clinic', 'call-center'] as const;
export type PracticeKind = (typeof PRACTICE_KINDS)[number];

export interface Practice {
  /** A slug, such as `lakeside`: it stands in addresses. */
  id: string;
  name: string;
  kind: PracticeKind;
  /** IANA name. */
  timeZone: string;
}

/** `admin` belongs to the enterprise and holds in every practice; the others are memberships. */
export const ROLES = ['staff', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export type PracticeInReach = Practice & { role: Role };

/** Who sends a request, and everything that they may see. Made anew for each request, never kept. */
export interface SignedIn {
  staff: StaffRef & { email: string; isAdmin: boolean };
  /** A program, by its key: then `staff` is the key. */
  isApiKey: boolean;
  practices: PracticeInReach[];
  /** Those in which they work: admins reach the others from outside. */
  worksIn: string[];
  /** When the session ends if nothing more is asked of it. */
  sessionExpiresAt: number;
  idleMinutes: number;
  passkey: PasskeyWish;
}

/** Whether somebody is asked to sign in with a passkey from now on: kindly, or before anything else. */
export type PasskeyWish = 'none' | 'asked' | 'needed';

/** What `/api/session` answers. */
export interface SessionAnswer {
  staff: SignedIn['staff'];
  practices: PracticeInReach[];
  environment: 'local' | 'demo' | 'production';
  idleMinutes: number;
  passkey: PasskeyWish;
}
