import type { StaffRef } from '../conversation/message.ts';

/** What a key may be good for, in words for who gives it out. */
export const API_KEY_SCOPES = {
  activity: { label: 'Activity', means: 'Read what fired, and why it did or did not lead to a text.' },
  patients: {
    label: 'Patients',
    means: 'Keep the patients in step: read, add, change, remove, import, export.',
  },
  configuration: {
    label: 'Configuration',
    means: 'Read how the practice is set up, as a file. Changes nothing.',
  },
} as const satisfies Record<string, { label: string; means: string }>;
export type ApiKeyScope = keyof typeof API_KEY_SCOPES;

export const SCOPES = Object.keys(API_KEY_SCOPES) as [ApiKeyScope, ...ApiKeyScope[]];

/** As admins see it: what lets a program in was shown once, when it was made. */
export interface ApiKey {
  id: string;
  name: string;
  practice: { id: string; name: string };
  scopes: ApiKeyScope[];
  madeBy: StaffRef;
  madeAt: number;
  usedAt: number | null;
}

/** By which people and scanners know one that lies where it should not. */
export const KEY_PREFIX = 'offhook_';

/** How long the name may be. */
export const MAX_KEY_NAME = 60;

/** Of keys that are good, in all practices. */
export const MAX_KEYS = 100;

const NOTED_AFTER_MS = 60_000;

/** Whether this use is to be written down: one write a minute at most, however busy a key is. */
export function shouldNoteKeyUse(usedAt: number | null, now: number): boolean {
  return usedAt === null || now - usedAt >= NOTED_AFTER_MS;
}
