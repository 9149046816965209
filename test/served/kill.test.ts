import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLAIM_LEASE_MS } from '../../src/domain/conversation/outbox-rules.ts';
import { callIdsOf } from '../../src/routes/calls/call-key.ts';
import { isSettled, readEverything, type Seen } from './aftermath.ts';
import { freePort, Killable } from './killable.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { Random } from './random.ts';
import { StaffClient } from './staff-client.ts';

/**
 * The promise of the whole design: what was answered with a 2xx is never lost and no text leaves twice, even
 * if the process dies at any moment. The simulated phone is what makes "twice" visible.
 */

const KILLS = 20;
const SETTLING_MS = 60_000;

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const inWords = `KILL_SEED=${seed}`;
const random = new Random(seed);
const ledger = new Ledger();

let product: Killable;
let stateDir: string;
let everything: Seen[];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'offhook-kill-'));
  product = new Killable(await freePort(), stateDir);
  await product.start();
  const client = new StaffClient(product.origin);
  await client.signIn('staff@lakeside.example');
  for (let kills = 0; kills < KILLS; kills++) await killUnderLoad(new Load(client, ledger, random));
  everything = await settled(client);
  console.log(`${KILLS} kills, ${summary()}; ${inWords}`);
}, 600_000);

afterAll(async () => {
  await product.kill();
  await rm(stateDir, { recursive: true, force: true });
});

async function killUnderLoad(load: Load): Promise<void> {
  load.begin();
  await answered(random.between(1, 40));
  load.burst();
  // Half done, or just answered: each loses what the other does not.
  if (random.next() < 0.5) await setTimeout(random.between(0, 400));
  else await answered(random.between(1, 30));
  await product.kill();
  await load.end();
  await product.start();
}

/** By answers and not by the clock, so that a slow machine has as much to lose. */
async function answered(events: number): Promise<void> {
  const enough = ledger.answered + events;
  const deadline = Date.now() + 5_000;
  while (ledger.answered < enough && Date.now() < deadline) await setTimeout(5);
}

/** Claims that a crash left behind are settled when their lease ends; texts sent twice would show by then. */
async function settled(client: StaffClient): Promise<Seen[]> {
  const deadline = Date.now() + SETTLING_MS;
  await setTimeout(CLAIM_LEASE_MS + 5_000);
  for (;;) {
    const seen = await readEverything(client, ledger);
    if (seen.every(isSettled) || Date.now() > deadline) return seen;
    await setTimeout(2_000);
  }
}

/** How often each of these occurs. */
function counted(all: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

/** A text that is sent again is one whose claim a crash left behind, and which the carrier never had. */
function summary(): string {
  const { calls, texts, replies } = ledger.acknowledged();
  const attempts = everything.flatMap(({ messages }) =>
    messages.map(({ delivery }) => delivery?.attempt ?? 0),
  );
  const again = attempts.filter((attempt) => attempt > 1).length;
  return `${calls} calls, ${texts} texts and ${replies} replies answered, ${again} texts sent again`;
}

describe('after 20 kills under load', () => {
  it('had something to lose', () => {
    const { calls, texts, replies } = ledger.acknowledged();
    expect(Math.min(calls, texts, replies), inWords).toBeGreaterThan(100);
  });

  it('nothing is under way any more', () => {
    expect(
      everything.filter((seen) => !isSettled(seen)),
      inWords,
    ).toEqual([]);
  });

  it('every call that was answered is in its conversation, and none twice', async () => {
    const ids = counted(everything.flatMap(({ messages }) => messages.map(({ id }) => id)));
    const wrong = [];
    for (const call of ledger.calls) {
      const { messageId } = await callIdsOf('lakeside-main', `+1${call.caller}`, call.callId, call.useCase);
      const times = ids.get(messageId) ?? 0;
      if (times > 1 || (call.isTexted && times === 0)) wrong.push({ ...call, times });
    }
    expect(wrong, inWords).toEqual([]);
  });

  it('every phone has exactly the texts of its conversation, each once', () => {
    const wrong = everything.flatMap(({ caller, messages, handset }) => {
      const sent = messages.filter(({ delivery }) => delivery !== null).map(({ body }) => body);
      const received = handset.filter(({ direction }) => direction === 'received').map(({ body }) => body);
      const isSame = JSON.stringify(sent.sort()) === JSON.stringify(received.sort());
      return isSame ? [] : [{ caller, sent, received }];
    });
    expect(wrong, inWords).toEqual([]);
  });

  it('every reply that was answered is on the phone, and none twice', () => {
    const bodies = counted(everything.flatMap(({ handset }) => handset.map(({ body }) => body)));
    const wrong = ledger.replies.flatMap((reply) => {
      const times = bodies.get(reply.body) ?? 0;
      return times > 1 || (reply.isAcknowledged && times === 0) ? [{ ...reply, times }] : [];
    });
    expect(wrong, inWords).toEqual([]);
  });

  it('every text of a caller that was answered is in the conversation, and none twice', () => {
    const bodies = counted(everything.flatMap(({ messages }) => messages.map(({ body }) => body)));
    const wrong = ledger.texts.flatMap((text) => {
      const times = bodies.get(text.body) ?? 0;
      return times > 1 || (text.isAcknowledged && times === 0) ? [{ ...text, times }] : [];
    });
    expect(wrong, inWords).toEqual([]);
  });

  it('every conversation equals its row in the inbox', () => {
    const wrong = everything.filter(({ row, conversation }) => {
      return JSON.stringify(row) !== JSON.stringify(conversation);
    });
    expect(wrong, inWords).toEqual([]);
  });

  it('no conversation has a gap in its messages', () => {
    const wrong = everything.filter(({ messages }) => messages.some(({ seq }, index) => seq !== index + 1));
    expect(wrong, inWords).toEqual([]);
  });
});
