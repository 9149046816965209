import { env } from 'cloudflare:workers';
import { type ActivityStart, activityId } from '../../src/domain/activity/activity.ts';
import type { Firing, Line, TextIn } from '../../src/domain/calls/firing.ts';
import type { Access } from '../../src/domain/people/access.ts';
import { DEFAULT_RULES } from '../../src/domain/triggers/trigger-rules.ts';

/** Things that happen to conversations, for tests: say only what matters. */

export const LINE: Line = {
  id: 'lakeside-main',
  name: 'Main line',
  number: '+12062020100',
  carrier: 'simulator',
  segmentsPerSecond: 1000,
  looksUpLineType: false,
};
export const CALLER = '+12062020123';
export const ANA = { id: 'ana', name: 'Ana Reyes' };

export const ACCESS: Access = { staff: ANA, practiceIds: ['lakeside'] };
export const FOREIGN_ACCESS: Access = { staff: { id: 'kim', name: 'Kim Lee' }, practiceIds: ['harbor'] };

export function firing(changes: Partial<Firing> = {}): Firing {
  return {
    messageId: crypto.randomUUID(),
    callKey: crypto.randomUUID(),
    practiceId: 'lakeside',
    line: LINE,
    caller: CALLER,
    useCase: 'abandoned-call',
    language: 'en',
    text: 'Sorry we missed you. How can we help?',
    firedAt: Date.now(),
    // Every call is texted, unless a test is about those that are not.
    rules: { ...DEFAULT_RULES, cooldownMinutes: 0, liveMinutes: 0 },
    waitedSeconds: 42,
    lineType: null,
    heldUntil: null,
    isDryRun: false,
    activity: activityStart(),
    ...changes,
  };
}

export function activityStart(changes: Partial<ActivityStart> = {}): ActivityStart {
  const at = Date.now();
  return {
    id: activityId(at, crypto.getRandomValues(new Uint8Array(5))),
    at,
    trigger: { id: 'lakeside-hangup-en', useCase: 'abandoned-call', language: 'en' },
    isOldAddress: false,
    line: { id: LINE.id, name: LINE.name },
    phoneSystem: 'any-other',
    caller: CALLER,
    callerFrom: 'CALLER_ID_NUMBER',
    waitedSeconds: 42,
    decidedInMs: 2,
    count: 1,
    isDryRun: false,
    request: {
      method: 'POST',
      path: '/hooks/demo/abandoned-call/lake…',
      query: '',
      contentType: 'application/x-www-form-urlencoded',
      body: 'CALLER_ID_NUMBER=2062020123',
      isCut: false,
    },
    decisions: [{ check: 'caller', isPassed: true, words: 'The number can be texted.' }],
    ...changes,
  };
}

export function textIn(body: string, changes: Partial<TextIn> = {}): TextIn {
  return {
    messageId: crypto.randomUUID(),
    practiceId: 'lakeside',
    practiceName: 'Lakeside Family Clinic',
    line: LINE,
    caller: CALLER,
    body,
    media: [],
    at: Date.now(),
    afterHours: null,
    redFlag: null,
    emergency: null,
    doNotText: false,
    ...changes,
  };
}

export function conversationOf(caller = CALLER) {
  return env.CONVERSATION.get(env.CONVERSATION.idFromName(`${LINE.id} ${caller}`));
}

export function inboxOf(practiceId = 'lakeside') {
  return env.INBOX.get(env.INBOX.idFromName(practiceId));
}

export async function messagesOf(conversation: ReturnType<typeof conversationOf>) {
  const read = await conversation.read(ACCESS, Number.MAX_SAFE_INTEGER);
  if (read.outcome !== 'read') throw new Error('the conversation has not begun');
  return read.messages;
}
