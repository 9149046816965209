import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { SIGNATURE_HEADER, sign } from '../../src/carriers/simulator-signature.ts';
import { getJson, post } from './measuring.ts';
import type { Served } from './serve.ts';
import type { Figure } from './table.ts';

/** What product-worker.ts answers. */
interface Counts {
  rowsWritten: number;
  /** Billed as a row each; `cursor.rowsWritten` does not know them. */
  alarmsSet: number;
  queries: number;
}

const CALLER = '2062027001';
const SETTLING_MS = 400;

/** Rows that each event writes, in all objects together and until everything that follows from it is done. */
export async function rowsPerEvent(product: Served, cookie: string, secret: string): Promise<Figure[]> {
  const { origin } = product;
  const counts = () => getJson<Counts>(`${origin}/api/bench/counts`);
  const during = async (event: () => Promise<unknown>): Promise<Counts> => {
    await counts();
    await event();
    await setTimeout(SETTLING_MS);
    return counts();
  };
  const carrier = async (path: string, content: object) => {
    const body = JSON.stringify(content);
    await post(origin + path, body, {
      headers: { [SIGNATURE_HEADER]: await sign(secret, { path, body }, Date.now()) },
    });
  };
  const fire = (caller = CALLER) =>
    post(
      `${origin}/hooks/demo/abandoned-call/lakeside-hangup-en`,
      JSON.stringify({ CALLER_ID_NUMBER: caller }),
    );
  const text = () =>
    carrier('/carriers/simulator/messages', {
      messageId: randomUUID(),
      from: `+1${CALLER}`,
      to: '+12062020100',
      body: 'My prescription ran out',
      at: Date.now(),
    });
  // The inbox makes its tables for the first caller of all.
  await during(() => fire('2062027000'));
  const first = await during(() => fire());
  const again = await during(() => fire());
  const textIn = await during(text);
  const { conversations } = await getJson<{ conversations: { id: string; caller: { number: string } }[] }>(
    `${origin}/api/practices/lakeside/conversations?q=${CALLER}`,
    { Cookie: cookie },
  );
  const address = `/api/conversations/${conversations[0]?.id}`;
  const opened = await during(() => getJson(origin + address, { Cookie: cookie }));
  const reply = { id: randomUUID(), kind: 'reply', body: 'Hi, this is Ana.' };
  const replied = await during(() =>
    post(`${origin}${address}/messages`, JSON.stringify(reply), { headers: { Cookie: cookie } }),
  );
  const report = {
    conversationId: conversations[0]?.id,
    messageId: reply.id,
    attempt: 1,
    status: 'delivered',
    reason: null,
  };
  const reported = await during(() => carrier('/carriers/simulator/status', report));
  return [
    figure('trigger → text sent, a new caller', first, 10),
    figure('trigger → text sent, a caller we know', again, 10),
    figure('text in', textIn, 8),
    figure('reply → sent', replied, 10),
    figure('delivery report', reported, 1),
    figure('opening a conversation, with its entry in the audit log', opened, 3),
    {
      what: 'D1 queries of a warm trigger',
      target: '≤ 1',
      measured: String(again.queries),
      isMet: again.queries <= 1,
    },
  ];
}

function figure(event: string, { rowsWritten, alarmsSet }: Counts, atMost: number): Figure {
  return {
    what: `rows written: ${event}`,
    target: `≤ ${atMost}`,
    measured: alarmsSet === 0 ? String(rowsWritten) : `${rowsWritten}, and ${alarmsSet} alarm set`,
    isMet: rowsWritten <= atMost,
  };
}
