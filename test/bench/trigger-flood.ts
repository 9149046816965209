import type { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Message } from '../../src/domain/conversation/message.ts';
import { answerTo, getJson, offered, round } from './measuring.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';
import { newFiring } from './trigger-rate.ts';

const TRIGGER = 'lakeside-hangup-en';
const TIMES_CAPACITY = 2;
const SECONDS = 10;

const TARGET_RECOVERY_MS = 5_000;
/** It has recovered when a few calls in a row are answered as quickly as phone systems wait for without a thought. */
const QUICK_MS = 250;
const QUICK_IN_A_ROW = 5;
/** The last of the texts may wait for the end of an outbox's run. */
const SETTLING_MS = 20_000;

interface Shed {
  /** Of conversations whose caller was promised a text. */
  promised: string[];
  turnedAway: number;
  /** Anything else but an answer that says when to come back: must not be. */
  other: string[];
}

/** Twice as many calls a second as the product can take: whatever it promised it keeps, and soon it is as before. */
export async function triggerFlood(product: Served, capacity: number, cookie: string): Promise<Figure[]> {
  const perSecond = capacity * TIMES_CAPACITY;
  const ended = setTimeout(SECONDS * 1000).then(() => performance.now());
  const recovered = ended.then(async (at) => (await untilQuick(product)) - at);
  const answers = await offered(perSecond, SECONDS, (agent) => fireInFlood(product, agent));
  const recoveryMs = await recovered;
  const shed = sorted(answers);
  const lost = await withoutText(product, shed.promised, cookie);
  const { promised, turnedAway, other } = shed;
  const first = other[0] === undefined ? '' : `, the first: ${other[0]}`;
  return [
    {
      what: `a flood of ${perSecond.toFixed(0)} triggers a second (twice what it takes) for ${SECONDS} s: answers`,
      target: 'texting, 429 or 503',
      measured: `${promised.length} texting, ${turnedAway} told to come back, ${other.length} other${first}`,
      isMet: other.length === 0,
    },
    {
      what: 'callers who were promised a text in it and have none',
      target: '0',
      measured: String(lost),
      isMet: lost === 0,
    },
    {
      what: `from its end until ${QUICK_IN_A_ROW} calls in a row are answered within ${QUICK_MS} ms`,
      target: `≤ ${TARGET_RECOVERY_MS / 1000} s`,
      measured: `${(recoveryMs / 1000).toFixed(1)} s`,
      isMet: recoveryMs <= TARGET_RECOVERY_MS,
    },
  ];
}

async function fireInFlood(product: Served, agent: Agent): Promise<{ status: number; body: string }> {
  const { url, body } = newFiring(product, TRIGGER);
  return answerTo(url, body, { agent }).catch((error: unknown) => ({ status: 0, body: String(error) }));
}

function sorted(answers: readonly { status: number; body: string }[]): Shed {
  const shed: Shed = { promised: [], turnedAway: 0, other: [] };
  for (const { status, body } of answers) {
    const { result, conversation } = status === 200 ? JSON.parse(body) : {};
    if (result === 'texting') shed.promised.push(conversation);
    else if (status === 429 || status === 503) shed.turnedAway += 1;
    else shed.other.push(`${status} ${body}`);
  }
  return shed;
}

/** At another trigger: this one may still be held to its pace, as it should be. */
async function untilQuick(product: Served): Promise<number> {
  for (let inARow = 0; inARow < QUICK_IN_A_ROW; ) {
    const { url, body } = newFiring(product, 'lakeside-hangup-es');
    const { status, ms } = await answerTo(url, body).catch(() => ({ status: 0, ms: 0 }));
    inARow = status === 200 && ms <= QUICK_MS ? inARow + 1 : 0;
    await setTimeout(20);
  }
  return performance.now();
}

async function withoutText(
  { origin }: Served,
  conversations: readonly string[],
  cookie: string,
): Promise<number> {
  const isTexted = async (id: string) => {
    const { messages } = await getJson<{ messages: Message[] }>(`${origin}/api/conversations/${id}`, {
      Cookie: cookie,
    });
    return messages.filter(({ kind, delivery }) => kind === 'automatic' && delivery?.sentAt).length === 1;
  };
  const deadline = Date.now() + SETTLING_MS;
  let left = [...conversations];
  for (;;) {
    const missing: string[] = [];
    let next = 0;
    await round(left.length, async () => {
      const id = left[next++] ?? '';
      if (!(await isTexted(id))) missing.push(id);
      return 0;
    });
    left = missing;
    if (left.length === 0 || Date.now() > deadline) return left.length;
    await setTimeout(500);
  }
}
