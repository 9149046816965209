import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Conversation } from '../../durable/conversation.ts';
import { Inbox } from '../../durable/inbox.ts';
import type { TextOut } from '../../src/carriers/carrier.ts';
import type { Line } from '../../src/domain/calls/firing.ts';
import { segmentsOf } from '../../src/domain/conversation/segments.ts';
import { DEFAULT_RULES } from '../../src/domain/triggers/trigger-rules.ts';
import { Clock } from './clock.ts';
import { activityOf } from './happenings.ts';
import { PacerOfLine } from './line-pacer.ts';
import { Platform, type PlatformObject } from './platform.ts';
import { Random } from './random.ts';
import { takeOver } from './take-over.ts';
import { PRACTICE, PRACTICE_NAME } from './world.ts';

/**
 * A morning when the phone system fails and everybody hangs up at once, on a line that carries one segment a
 * second. Objects, pacer and alarms are the product's own; only the clock and the carrier are simulated.
 */

const LINE: Line = {
  id: 'main',
  name: 'Main line',
  number: '+12062020100',
  carrier: 'simulator',
  segmentsPerSecond: 1,
  looksUpLineType: false,
};
const ACCESS = { staff: { id: 'ana', name: 'Ana Reyes' }, practiceIds: [PRACTICE] };
const ONE_SEGMENT = 'Sorry we missed you. How can we help?';
const TWO_SEGMENTS = `${ONE_SEGMENT} `.repeat(6).slice(0, 200);
/** From a call to the answer of the pacer, and of an alarm to its text. */
const MOMENT_MS = 400;

let clock: Clock;
let pacer: PacerOfLine;
let platform: Platform;
let restore: () => void;
let sent: { text: TextOut; at: number }[];

beforeEach(() => {
  clock = new Clock();
  pacer = new PacerOfLine();
  sent = [];
  const random = new Random(7);
  platform = new Platform(clock, random, () => {}, { LINE_PACER: pacer.namespace });
  platform.add(PRACTICE, Inbox);
  restore = takeOver(clock, random, {
    send: async (_, text) => {
      sent.push({ text, at: clock.elapsed });
      return { outcome: 'accepted', carrierId: text.messageId };
    },
    lookUp: async () => ({ found: 'no' }),
  });
});

afterEach(() => {
  restore();
  for (const { storage } of platform.objects.values()) storage.close();
});

const idOf = (n: number) => n.toString(16).padStart(64, '0');
const callerOf = (n: number) => `+1206${2_020_000 + n}`;

function conversation(n: number): PlatformObject {
  return platform.objects.get(idOf(n)) ?? platform.add(idOf(n), Conversation);
}

async function run(ms: number): Promise<void> {
  await clock.runFor(ms, () => {});
}

/** One after the other, as a phone system reports them, all within a moment. */
async function hangUps(from: number, count: number, text: string): Promise<void> {
  for (let n = from; n < from + count; n += 1) {
    const { methods } = conversation(n).wake();
    methods.fire?.({
      messageId: `call-${n}`,
      practiceId: PRACTICE,
      line: LINE,
      caller: callerOf(n),
      useCase: 'abandoned-call',
      language: 'en',
      text,
      firedAt: clock.now(),
      waitedSeconds: null,
      lineType: null,
      callKey: null,
      rules: DEFAULT_RULES,
      heldUntil: null,
      isDryRun: false,
      activity: activityOf('burst', clock.now()),
    });
    await run(0);
    await settled();
  }
}

/** Asking the pacer takes real turns of Node, and no simulated time. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

const automatic = () => sent.filter(({ text }) => text.messageId.startsWith('call-'));

/** The most segments that left in any stretch of so many seconds. */
function mostSegmentsIn(seconds: number): number {
  const all = automatic().map(({ text, at }) => ({ at, segments: segmentsOf(text.body).count }));
  return Math.max(
    ...all.map(({ at }) =>
      all
        .filter((other) => other.at >= at && other.at < at + seconds * 1000)
        .reduce((sum, { segments }) => sum + segments, 0),
    ),
  );
}

describe('500 hang-ups at once on a line of one segment a second', () => {
  test('leave in order and at its pace, and no reply of staff waits for them', async () => {
    await hangUps(0, 500, ONE_SEGMENT);
    const waits: number[] = [];
    for (let n = 0; n < 45; n += 1) {
      await run(10_000);
      // The last of those who wait have their staff's answer first.
      const [at, id] = [clock.elapsed, `reply-${n}`];
      conversation(499 - n)
        .wake()
        .methods.reply?.(ACCESS, { id, body: 'We are here now.' });
      await run(MOMENT_MS);
      waits.push((sent.find(({ text }) => text.messageId === id)?.at ?? Number.NaN) - at);
    }
    await run(60_000);
    expect(automatic().map(({ text }) => text.messageId)).toEqual(
      Array.from({ length: 500 }, (_, n) => `call-${n}`),
    );
    expect(mostSegmentsIn(60)).toBeLessThanOrEqual(62);
    expect(Math.max(...waits)).toBeLessThanOrEqual(MOMENT_MS);
    expect(sent.at(-1)?.at).toBeLessThan(505_000);
  });

  test('count by segments: of longer texts half as many leave, the rest is told to staff after 15 minutes', async () => {
    await hangUps(0, 500, TWO_SEGMENTS);
    await run(16 * 60_000);
    expect(mostSegmentsIn(60)).toBeLessThanOrEqual(64);
    expect(automatic().map(({ text }) => text.messageId)).toEqual(
      Array.from({ length: 450 }, (_, n) => `call-${n}`),
    );
    const left = Array.from({ length: 50 }, (_, n) => stateOf(450 + n));
    expect(left.every(({ summary }) => summary.problem === 'expired')).toBe(true);
  });

  test('that all of them cannot leave in time does not keep later ones from leaving', async () => {
    await hangUps(0, 500, TWO_SEGMENTS);
    await run(45_000);
    await hangUps(500, 20, ONE_SEGMENT);
    await run(15 * 60_000);
    const later = automatic().filter(({ text }) => Number(text.messageId.slice(5)) >= 500);
    expect(later).toHaveLength(20);
  });

  test('let the confirmation of a STOP go ahead', async () => {
    await hangUps(0, 400, ONE_SEGMENT);
    const at = clock.elapsed;
    conversation(399)
      .wake()
      .methods.receive?.({
        messageId: 'stop',
        practiceId: PRACTICE,
        practiceName: PRACTICE_NAME,
        line: LINE,
        caller: callerOf(399),
        body: 'STOP',
        at: clock.now(),
        afterHours: null,
        redFlag: null,
        emergency: null,
        doNotText: false,
      });
    await run(MOMENT_MS);
    const confirmation = sent.find(({ text }) => text.to === callerOf(399));
    expect(confirmation?.text.body).toContain('you will get no more texts');
    expect((confirmation?.at ?? Number.NaN) - at).toBeLessThanOrEqual(MOMENT_MS);
    await run(8 * 60_000);
    expect(automatic()).toHaveLength(399);
  });

  test('cost one burst at most where the pacer is lost', async () => {
    await hangUps(0, 200, ONE_SEGMENT);
    await run(20_000);
    pacer.crash();
    await hangUps(200, 200, ONE_SEGMENT);
    await run(9 * 60_000);
    // All of them, none twice, and never faster than the two plans together.
    expect(new Set(automatic().map(({ text }) => text.messageId)).size).toBe(400);
    expect(automatic()).toHaveLength(400);
    expect(mostSegmentsIn(60)).toBeLessThanOrEqual(124);
  });

  test('wait no longer where the clock ran back an hour', async () => {
    await hangUps(0, 5, ONE_SEGMENT);
    platform.jumpClock(-3_600_000);
    await hangUps(5, 5, ONE_SEGMENT);
    await run(15_000);
    const after = automatic().filter(({ text }) => Number(text.messageId.slice(5)) >= 5);
    expect(after).toHaveLength(5);
  });
});

function stateOf(n: number): { summary: { problem: string | null } } {
  return conversation(n).storage.value('state') as { summary: { problem: string | null } };
}
