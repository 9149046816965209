import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { EVERY_CARRIER, eventually, unset, use } from './every-carrier.ts';
import { signedInAs } from './staff-browser.ts';

/** The bench does the same with ten times as many, over HTTP. */
const TEXTS = 1_000;
const CALLERS = 50;
const AT_ONCE = 40;
/** Most are told once; what is told again is told so often. */
const TIMES = [1, 3, 1, 5, 1] as const;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
});

afterEach(() => {
  vi.restoreAllMocks();
  unset();
});

const callerOf = (n: number) => `+1206202${4_000 + (n % CALLERS)}`;

describe('a flood of texts, each told one to five times and all mixed up', () => {
  it('is one message for each, and one row for each caller', async () => {
    const telnyx = EVERY_CARRIER.find(({ name }) => name === 'telnyx');
    if (telnyx === undefined) throw new Error('Telnyx is a carrier');
    await use(telnyx);
    const told = (
      await Promise.all(
        Array.from({ length: TEXTS }, async (_, n) => {
          const tell = await telnyx.text({ id: `t-${n}`, from: callerOf(n), body: `Text ${n}` });
          return Array.from({ length: TIMES[n % TIMES.length] ?? 1 }, (__, copy) => ({
            tell,
            at: n + copy * 7,
          }));
        }),
      )
    )
      .flat()
      .sort((one, other) => one.at - other.at);
    expect(told).toHaveLength(2.2 * TEXTS);
    let refused = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = told.shift(); next !== undefined; next = told.shift())
          if (!(await next.tell()).ok) refused += 1;
      }),
    );
    expect(refused).toBe(0);
    const ids: string[] = [];
    for (let n = 0; n < CALLERS; n += 1) {
      const all = await conversationOf(env, 'lakeside-main', callerOf(n)).published(0);
      expect(all?.summary).toMatchObject({ unread: TEXTS / CALLERS, lastSeq: TEXTS / CALLERS });
      ids.push(...(all?.messages.map(({ id }) => id) ?? []));
    }
    expect(ids.sort()).toEqual(Array.from({ length: TEXTS }, (_, n) => `t-${n}`).sort());
    const ana = await signedInAs('staff@lakeside.example');
    await eventually(async () => {
      const answer = await ana.ask('/api/practices/lakeside/conversations?view=needs-reply');
      const { conversations } = await answer.json<{ conversations: { unread: number }[] }>();
      expect(conversations.map(({ unread }) => unread)).toEqual(
        Array.from({ length: CALLERS }, () => TEXTS / CALLERS),
      );
    });
  }, 300_000);
});
