/** Pages beside the inbox: the second part of their address, /{practice}/{name}. */
export const PAGE_NAMES = [
  'activity',
  'call-backs',
  'triggers',
  'hours',
  'waiting',
  'quick-responses',
  'lines',
  'patients',
  'people',
  'practice',
  'set-up',
  'audit',
  'data',
  'enterprise',
  'sign-in',
  'account',
] as const;
export type PageName = (typeof PAGE_NAMES)[number];
