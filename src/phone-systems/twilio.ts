/** What the requests of Twilio Studio and Twilio Voice have in common: its own parameters, as a form, a query or JSON. */
import { hasAt, readPlaces, textAt } from './exact-places.ts';
import { isPlacedByStaff } from './happening-words.ts';
import type { Field, Happening, TriggerRequest } from './reading.ts';
import { happenedIn } from './reading-anything.ts';

/** `Caller` says the same as `From`. `To`, `Called` and `ForwardedFrom` are our side. `Duration` would be minutes of the whole call. */
const PLACES = {
  caller: ['from', 'caller'],
  callId: ['callsid'],
  time: ['timestamp'],
  waited: ['queuetime'],
};

/** By its own words in the order in which they tell most. `CallStatus=in-progress` comes with everything. */
const RESULTS: Record<string, Happening> = {
  hangup: 'abandoned',
  bridged: 'answered',
  'bridging-in-process': 'answered',
  completed: 'answered',
  answered: 'answered',
  'no-answer': 'abandoned',
  busy: 'abandoned',
  canceled: 'abandoned',
  failed: 'abandoned',
};
const STATUSES: Record<string, Happening> = {
  ...RESULTS,
  // Also of a call in which somebody hung up on hold.
  completed: 'ended',
  ringing: 'other',
  queued: 'other',
  initiated: 'other',
};

export function isTwilio(fields: readonly Field[]): boolean {
  return /^CA[0-9a-f]{32}$/i.test(textAt(fields, 'callsid')) && hasAt(fields, 'from', 'caller', 'accountsid');
}

export function readTwilio(fields: readonly Field[], now: number): Omit<TriggerRequest, 'system'> {
  return readPlaces(fields, PLACES, happened(fields), now);
}

function happened(fields: readonly Field[]): Happening | null {
  if (isPlacedByStaff(textAt(fields, 'direction'))) return 'other';
  const result = textAt(fields, 'queueresult', 'dialcallstatus').toLowerCase();
  if (Object.hasOwn(RESULTS, result)) return RESULTS[result] ?? null;
  if (textAt(fields, 'digits') !== '') return 'pressed-key';
  const told = happenedIn(fields);
  if (told !== null) return told;
  const status = textAt(fields, 'callstatus').toLowerCase();
  return Object.hasOwn(STATUSES, status) ? (STATUSES[status] ?? null) : null;
}
