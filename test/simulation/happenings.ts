import type { ReadResult } from '../../durable/conversation-results.ts';
import type { ActivityStart } from '../../src/domain/activity/activity.ts';
import type { Line } from '../../src/domain/calls/firing.ts';
import type { Change } from '../../src/domain/conversation/conversation-change.ts';
import { needsAttention } from '../../src/domain/conversation/delivery-status.ts';
import type { Access } from '../../src/domain/people/access.ts';
import { DEFAULT_RULES } from '../../src/domain/triggers/trigger-rules.ts';
import type { PlatformObject } from './platform.ts';
import { PRACTICE, PRACTICE_NAME, tell, type World } from './world.ts';

const LINE: Line = {
  id: 'main',
  name: 'Main line',
  number: '+12062020100',
  carrier: 'simulator',
  segmentsPerSecond: 1,
  looksUpLineType: false,
};
export const activityOf = (id: string, at: number): ActivityStart => ({
  id: `activity-${id}`,
  at,
  trigger: { id: 'hangup', useCase: 'abandoned-call', language: 'en' },
  isOldAddress: false,
  line: LINE,
  phoneSystem: 'any-other',
  caller: null,
  callerFrom: null,
  waitedSeconds: null,
  decidedInMs: 1,
  count: 1,
  isDryRun: false,
  request: { method: 'POST', path: '/', query: '', contentType: null, body: '', isCut: false },
  decisions: [],
});
const ANA = { id: 'ana', name: 'Ana Reyes' };
const KIM = { id: 'kim', name: 'Kim Lee' };
const ACCESS: Access = { staff: ANA, practiceIds: [PRACTICE] };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const BODIES = [
  'Hello',
  'Are you open?',
  'STOP',
  'START',
  'CANCEL',
  'HELP',
  'Please stop texting me',
  'YES',
] as const;

/** Plans what callers, phone systems and staff do, and what goes wrong around them, from the seed alone. */
export function happenings(world: World): void {
  const { random, clock, calmAt, conversations } = world;
  let made = 0;
  for (let count = random.between(5, 14); count > 0; count -= 1) {
    const target = random.oneOf(conversations);
    made += 1;
    const id = `${made}`;
    // Now and then things come at once.
    const at = random.happens(0.3) ? random.between(0, 3_000) : random.between(0, calmAt);
    clock.after(at, () => random.oneOf(HAPPENINGS)(world, target, id));
  }
  if (world.platform.faults.loss + world.platform.faults.crash > 0)
    for (let count = random.between(0, 5); count > 0; count -= 1)
      clock.after(random.between(0, calmAt - 1), () => random.oneOf(TROUBLES)(world));
}

type Happening = (world: World, target: PlatformObject, id: string) => void;

const callerOf = ({ id }: PlatformObject) => (id.startsWith('a') ? '+12062020123' : '+12062020124');

const fire: Happening = (world, target, id) => {
  const { random, clock } = world;
  const messageId = `call-${id}`;
  const text = 'Sorry we missed you.';
  const firing = {
    messageId,
    // Some phone systems name no call, and now and then two reports are about one.
    callKey: random.oneOf([null, messageId, messageId, 'call']),
    practiceId: PRACTICE,
    line: LINE,
    caller: callerOf(target),
    useCase: random.oneOf(['abandoned-call', 'call-to-text'] as const),
    language: 'en',
    text,
    rules: {
      ...DEFAULT_RULES,
      cooldownMinutes: random.oneOf([0, 0, 10]),
      liveMinutes: random.oneOf([0, 0, 30]),
      holdSeconds: random.oneOf([0, 0, 20, 120]),
    },
    firedAt: clock.now(),
    waitedSeconds: null,
    lineType: null,
    heldUntil: random.happens(0.1) ? clock.now() + random.between(1, 10) * MINUTE_MS : null,
    isDryRun: random.happens(0.1),
    activity: activityOf(id, clock.now()),
  };
  repeat(world, random.between(1, 3), () =>
    tell(world, target, 'fire', [firing], ({ outcome }) => {
      if (outcome === 'texting' || outcome === 'held') promise(world, target, messageId, text);
    }),
  );
};

const getThrough: Happening = (world, target, id) => {
  const { random, clock } = world;
  const call = {
    callKey: random.oneOf([null, 'call']),
    at: clock.now(),
    activity: activityOf(id, clock.now()),
  };
  tell(world, target, 'gotThrough', [call], () => {});
};

const receive: Happening = (world, target, id) => {
  const { random, clock } = world;
  const messageId = `text-${id}`;
  const body = random.oneOf(BODIES);
  const isClosed = random.happens(0.2);
  const text = {
    messageId,
    practiceId: PRACTICE,
    practiceName: PRACTICE_NAME,
    line: LINE,
    caller: callerOf(target),
    body,
    at: clock.now(),
    afterHours: isClosed ? { text: { en: 'We are closed.' }, closedSince: 1 } : null,
    redFlag: null,
    emergency: null,
    doNotText: false,
  };
  repeat(world, random.between(1, 5), () =>
    tell(world, target, 'receive', [text], () => promise(world, target, messageId, body)),
  );
};

const write =
  (method: 'reply' | 'note'): Happening =>
  (world, target, id) => {
    const written = { id: `${method}-${id}`, body: `${method} number ${id}` };
    repeat(world, world.random.between(1, 2), () =>
      tell(world, target, method, [ACCESS, written], ({ outcome }) => {
        if (outcome === 'written' || outcome === 'already-written')
          promise(world, target, written.id, written.body);
      }),
    );
  };

const sendAgain: Happening = (world, target) => {
  const { platform, random } = world;
  platform.call(null, target.id, 'read', [ACCESS, null]).then(
    (result) => {
      const read = result as ReadResult;
      if (read.outcome !== 'read') return;
      learn(world, target, read.conversation.version);
      const failed = read.messages.filter(({ delivery }) => delivery && needsAttention(delivery.status));
      if (failed.length === 0) return;
      // Not told again by itself: a second click is a person's second wish.
      platform.call(null, target.id, 'retry', [ACCESS, random.oneOf(failed).id]).catch(() => {});
    },
    () => {},
  );
};

const change: Happening = (world, target) => {
  const { random, clock } = world;
  const wished = random.oneOf<Change>([
    { state: 'done' },
    { state: 'open' },
    { assignee: ANA },
    { assignee: KIM },
    { assignee: null },
    { snoozedUntil: clock.now() + random.between(5_000, MINUTE_MS) },
    { snoozedUntil: clock.now() + random.between(MINUTE_MS, 180 * MINUTE_MS) },
    { snoozedUntil: null },
    { needsReply: true },
    { needsReply: false },
  ]);
  tell(world, target, 'change', [ACCESS, wished], (result) => {
    const { conversation } = result as { conversation?: { version: number } };
    if (conversation) learn(world, target, conversation.version);
  });
};

const sayConsent: Happening = (world, target) => {
  const said = world.random.happens(0.5)
    ? { state: 'opted-out', reason: null }
    : { state: 'given', reason: 'said so on the phone' };
  tell(world, target, 'recordConsent', [ACCESS, said], () => {});
};

const changeList: Happening = (world, target) => {
  tell(world, target, 'recordDoNotText', [world.random.happens(0.5), ANA], () => {});
};

/** About a text that is not there, as after data was restored: it must not begin anything. */
const strayReport: Happening = (world, target, id) => {
  const [messageId, status] = [`stray-${id}`, world.random.oneOf(['sent', 'delivered', 'failed'] as const)];
  const report = { conversationId: target.id, messageId, attempt: 1, status, reason: null };
  repeat(world, 2, () => tell(world, target, 'recordDelivery', [report], () => {}));
};

const HAPPENINGS: readonly Happening[] = [
  fire,
  fire,
  fire,
  getThrough,
  receive,
  receive,
  receive,
  receive,
  write('reply'),
  write('reply'),
  write('reply'),
  write('note'),
  sendAgain,
  sendAgain,
  sendAgain,
  change,
  change,
  sayConsent,
  changeList,
  strayReport,
];

const TROUBLES: readonly ((world: World) => void)[] = [
  ({ random, conversations }) => random.oneOf(conversations).crash(),
  ({ random, conversations }) => random.oneOf(conversations).crash(),
  ({ inbox }) => inbox.crash(),
  ({ random, inbox, clock, calmAt }) => {
    inbox.unreachableUntil = Math.min(calmAt, clock.elapsed + random.between(5_000, 4 * MINUTE_MS));
  },
  ({ random, conversations, clock }) => {
    random.oneOf(conversations).unreachableUntil = clock.elapsed + random.between(1_000, 30_000);
  },
  ({ platform, random }) => platform.jumpClock(random.between(1_000, 20 * MINUTE_MS)),
  ({ platform, random }) => platform.jumpClock(random.between(HOUR_MS, 48 * HOUR_MS)),
  ({ platform, random }) => platform.jumpClock(-random.between(1, 3_000)),
  ({ platform, random }) => platform.jumpClock(-random.between(3_000, HOUR_MS)),
  ({ random, inbox, clock, calmAt }) => {
    inbox.silentUntil = Math.min(calmAt, clock.elapsed + random.between(5_000, 4 * MINUTE_MS));
  },
  (world) => void world.platform.call(null, PRACTICE, 'rebuild', []).catch(() => {}),
];

function repeat({ clock, random }: World, times: number, run: () => void): void {
  run();
  for (let count = times; count > 1; count -= 1) clock.after(random.between(0, 20_000), run);
}

function promise({ watch }: World, target: PlatformObject, messageId: string, body: string): void {
  watch.promised.set(messageId, { target, messageId, times: 1, body });
}

function learn({ watch }: World, target: PlatformObject, version: number): void {
  watch.toldVersion.set(target, Math.max(version, watch.toldVersion.get(target) ?? 0));
}
