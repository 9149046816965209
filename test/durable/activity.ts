import { type Activity, activityId } from '../../src/domain/activity/activity.ts';
import { CALLER, LINE } from './firing.ts';

/** Something that fired, for tests: say only what matters. */

let made = 1;

export function activity(changes: Partial<Activity> = {}): Activity {
  // Odd, since what ends in two zeros looks through what is kept.
  made += 2;
  const at = changes.at ?? Date.now();
  return {
    id: activityId(at, Uint8Array.of(1, 2, made >> 16, made >> 8, made)),
    at,
    outcome: 'texting',
    trigger: { id: 'lakeside-hangup-en', useCase: 'abandoned-call', language: 'en' },
    isOldAddress: false,
    line: { id: LINE.id, name: LINE.name },
    phoneSystem: 'any-other',
    caller: CALLER,
    callerFrom: 'CALLER_ID_NUMBER',
    waitedSeconds: 42,
    decidedInMs: 7,
    heldUntil: null,
    conversationId: 'c'.repeat(64),
    messageId: `message-${made}`,
    count: 1,
    isDryRun: false,
    request: {
      method: 'POST',
      path: '/hooks/demo/abandoned-call/lak…en',
      query: '',
      contentType: 'application/x-www-form-urlencoded',
      body: 'CALLER_ID_NUMBER=2062020123',
      isCut: false,
    },
    decisions: [{ check: 'caller', isPassed: true, words: 'The caller is (206) 202-0123.' }],
    ...changes,
  };
}

export const NOT_TEXTED = { conversationId: null, messageId: null } as const;
