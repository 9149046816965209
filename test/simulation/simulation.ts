import { Conversation } from '../../durable/conversation.ts';
import { Inbox } from '../../durable/inbox.ts';
import { nameOf, SimulatedCarrier } from './carrier.ts';
import { Clock } from './clock.ts';
import { brokenInbox, brokenInTheEnd, brokenSoon } from './expectations.ts';
import { happenings } from './happenings.ts';
import { linePacer } from './line-pacer.ts';
import { NO_FAULTS, Platform } from './platform.ts';
import { Random } from './random.ts';
import { takeOver } from './take-over.ts';
import { Watch } from './watch.ts';
import { PRACTICE, tell, type World } from './world.ts';

const SOON_MS = 60_000;
/** Longer than the longest wait before another try. */
const LATER_MS = 22 * 60_000;
/** Rings in that time that are not a circle: some tries, a second one, a snooze. */
const MOST_ALARMS = 25;

export interface Course {
  broken: string[];
  turns: number;
  taken: number;
  crashes: number;
}

/** One seed from the first thing that happens to the last that had to be finished. */
export async function simulate(seed: number, log: ((line: string) => void) | null = null): Promise<Course> {
  const random = new Random(seed);
  const clock = new Clock();
  const say = (line: string, ...more: unknown[]) => {
    if (log)
      log([String(clock.elapsed).padStart(8), line, ...more.map((one) => JSON.stringify(one))].join(' '));
  };
  // Each kind of trouble has seeds without it, so that none hides what another one would show.
  const degree = () => (random.happens(0.3) ? 0 : random.unit());
  const temper = { badness: degree(), canBeAsked: random.happens(0.7) };
  const watch: Watch = new Watch(
    () => clock.now(),
    () => carrier.taken,
  );
  const platform = new Platform(clock, random, say, { LINE_PACER: linePacer(clock, random) });
  platform.faults = { loss: 0.15 * degree(), crash: 0.15 * degree(), slowness: 0.3 * degree() };
  const crashWhileSending = 0.3 * degree();
  const inbox = platform.add(PRACTICE, Inbox);
  const conversations = ['a', 'b'].map((letter) => platform.add(letter.repeat(64), Conversation));
  const calmAt = random.between(60_000, 240_000);
  const world: World = { clock, random, platform, inbox, conversations, watch, calmAt };

  const carrier = new SimulatedCarrier(clock, random, temper, say, {
    claimed: (text) => {
      const target = platform.object(text.conversationId);
      if (clock.elapsed < calmAt && random.happens(crashWhileSending))
        clock.after(random.happens(0.3) ? 0 : random.between(0, 12_000), () => target.crash());
      return watch.claimed(target, text);
    },
    report: (report) =>
      tell(world, platform.object(report.conversationId), 'recordDelivery', [report], () => {
        watch.reports.push(report);
      }),
  });
  platform.whenDone = (target, method, given, result) => {
    say(`${target.id.slice(0, 8)} ${method}`, given, result);
    watch.done(target, method, given, result);
  };
  clock.after(calmAt, () => {
    say('all is calm from here on');
    platform.faults = NO_FAULTS;
    carrier.temper = { ...temper, badness: 0 };
    for (const object of platform.objects.values()) object.unreachableUntil = 0;
  });
  happenings(world);

  let turns = 0;
  const look = () => {
    turns += 1;
    for (const conversation of conversations) watch.look(conversation);
  };
  const restore = takeOver(clock, random, carrier);
  try {
    await clock.runFor(calmAt + SOON_MS, look);
    await clock.runFor(platform.ranBackMs, look);
    const broken = [...brokenSoon(conversations, clock.now()), ...brokenInbox(inbox, conversations)];
    const rungBefore = conversations.map(({ alarmsRung }) => alarmsRung);
    await clock.runFor(LATER_MS, look);
    conversations.forEach(({ id, alarmsRung }, index) => {
      const rung = alarmsRung - (rungBefore[index] ?? 0);
      if (rung > MOST_ALARMS) broken.push(`the alarm of ${id} rang ${rung} times while nothing happened`);
    });
    broken.push(...watch.wrong, ...brokenInTheEnd(conversations, watch, carrier.taken));
    broken.push(...brokenInbox(inbox, conversations));
    const crashes = conversations.reduce((sum, object) => sum + object.crashes, inbox.crashes);
    for (const { text, fate } of carrier.taken) say(`taken: ${nameOf(text)} ${fate}`);
    return { broken, turns, taken: carrier.taken.length, crashes };
  } finally {
    restore();
    for (const { storage } of platform.objects.values()) storage.close();
  }
}
