/** What phone systems call the things that happen to a call. */
import type { Happening } from './reading.ts';

const WORDS: Record<Happening, readonly string[]> = {
  abandoned: [
    'abandon',
    'abandoned',
    'abandonedcall',
    'callabandoned',
    'queuecallerabandon',
    'missed',
    'missedcall',
    'callmissed',
    'noanswer',
  ],
  'pressed-key': ['pressedkey', 'keypressed', 'digitpressed', 'calltotext', 'textrequested'],
  answered: [
    'answered',
    'answer',
    'callanswered',
    'channelanswer',
    'connected',
    'callconnected',
    'bridged',
    'agentconnect',
    'agentcomplete',
    'pickedup',
  ],
  ended: [
    'ended',
    'callended',
    'hangup',
    'hungup',
    'callhangup',
    'completed',
    'callcompleted',
    'disconnected',
    'channeldestroy',
  ],
  other: [
    'started',
    'callstarted',
    'created',
    'initiated',
    'callinitiated',
    'channelcreate',
    'ringing',
    'callringing',
    'trying',
    'queuecallerjoin',
  ],
};

const happenings = new Map(
  Object.entries(WORDS).flatMap(([happening, words]) =>
    words.map((word) => [word, happening as Happening] as const),
  ),
);

/** In any case, with anything between the words; null for one that is not known. */
export function happeningOf(word: string): Happening | null {
  return word.length > 40 ? null : (happenings.get(word.toLowerCase().replace(/[^a-z]/g, '')) ?? null);
}

/** As in `direction`: a call that staff placed has nobody in it who called us. */
export function isPlacedByStaff(direction: string): boolean {
  return /^(?:out|outbound|outgoing|outbound-api|outbound-dial)$/i.test(direction.trim());
}
