import type { Message } from '../../src/domain/conversation/message.ts';
import { Random } from '../served/random.ts';
import type { TelnyxSigner } from '../telnyx-signer.ts';
import { getJson, post, round } from './measuring.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';
import { type TelnyxText, telnyxText } from './telnyx-webhooks.ts';
import { signIn } from './text-to-frame.ts';

const TEXTS = 10_000;
const CALLERS = 500;
const MOST_TIMES = 5;
const CONNECTIONS = 32;
/** Copies of a text are told no further apart than this many texts, so that they meet. */
const APART = 12;
/** As often as Telnyx tells it before it gives up. */
const MOST_TRIES = 3;
const FLOOR_WRITES = 3_000;
const ID = 'flood-';

/** Each text one to five times, all mixed up, many at once: there is one message for each. */
export async function textFlood(product: Served, floor: Served, signer: TelnyxSigner): Promise<Figure[]> {
  const told = tellings(new Random(TEXTS));
  let next = 0;
  const ours = await round(
    told.length,
    async (agent) => {
      const text = told[next++];
      if (text === undefined) throw new Error('more was asked than there is to tell');
      for (let tries = 1; ; tries += 1) {
        const { status, ms } = await telnyxText(product, signer, text, agent);
        if (status === 200) return ms;
        if (tries === MOST_TRIES) throw new Error(`a text of Telnyx was answered ${status}`);
      }
    },
    CONNECTIONS,
  );
  const floorPerSecond = await floorRate(floor);
  const messages = await messagesOf(product);
  const distinct = new Set(messages.map(({ id }) => id)).size;
  const rates = `${ours.perSecond.toFixed(0)} over ${floorPerSecond.toFixed(0)}`;
  return [
    {
      what: `${inWords(TEXTS)} texts in, told 1 to ${MOST_TIMES} times each (${inWords(told.length)} webhooks, ${CONNECTIONS} at once): messages`,
      target: inWords(TEXTS),
      measured: `${inWords(messages.length)}, ${inWords(distinct)} of them distinct`,
      isMet: messages.length === TEXTS && distinct === TEXTS,
    },
    {
      what: 'their webhooks a second, over the floor',
      target: '',
      measured: `${(ours.perSecond / floorPerSecond).toFixed(2)} (${rates})`,
    },
  ];
}

/** Fewer are told often than seldom: two times on average. */
function tellings(random: Random): TelnyxText[] {
  return Array.from({ length: TEXTS }, (_, n) => ({
    id: `${ID}${n}`,
    from: `+1206505${1000 + (n % CALLERS)}`,
  }))
    .flatMap((text, n) => {
      const times = random.between(1, random.between(2, MOST_TIMES + 2));
      return Array.from({ length: times }, () => ({ text, place: n + random.next() * APART }));
    })
    .sort((one, other) => one.place - other.place)
    .map(({ text }) => text);
}

async function floorRate({ origin }: Served): Promise<number> {
  let made = 0;
  const { perSecond } = await round(
    FLOOR_WRITES,
    (agent) => {
      made += 1;
      const body = JSON.stringify({ caller: `flood-${made % CALLERS}`, body: 'x'.repeat(60) });
      return post(`${origin}/api/trigger`, body, { agent });
    },
    CONNECTIONS,
  );
  return perSecond;
}

/** Read as staff read them: the inbox page by page, then every conversation. */
async function messagesOf(product: Served): Promise<Message[]> {
  const headers = { Cookie: await signIn(product, 'staff@harbor.example') };
  const messages: Message[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { conversations: { id: string }[]; nextCursor: string | null } = await getJson(
      `${product.origin}/api/practices/harbor/conversations?view=open&cursor=${cursor}`,
      headers,
    );
    for (const { id } of page.conversations)
      messages.push(...(await allOf(`${product.origin}/api/conversations/${id}`, headers)));
    cursor = page.nextCursor;
  }
  return messages.filter(({ id }) => id.startsWith(ID));
}

/** From a cursor on, because only opening a conversation marks it as read. */
async function allOf(address: string, headers: Record<string, string>): Promise<Message[]> {
  const messages: Message[] = [];
  let cursor: string | null = String(Number.MAX_SAFE_INTEGER);
  while (cursor !== null) {
    const page: { messages: Message[]; nextCursor: string | null } = await getJson(
      `${address}?cursor=${cursor}`,
      headers,
    );
    messages.push(...page.messages);
    cursor = page.nextCursor;
  }
  return messages;
}

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}
