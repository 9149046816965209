import { evictDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SAYINGS } from '../../src/domain/inbox/presence.ts';
import { emptyData } from '../empty-data.ts';
import { inboxOf } from './firing.ts';
import { type Seat, say, sit, typesOf } from './seat.ts';

beforeEach(emptyData);

const ONE = '1'.repeat(64);
const OTHER = '2'.repeat(64);

/** As somebody was told last. */
function told(seat: Seat, staffId: string) {
  const frame = seat.frames.findLast((one) => 'present' in one);
  return frame && 'present' in frame ? frame.present.find(({ id }) => id === staffId) : undefined;
}

const eventually = (body: () => void) => vi.waitFor(body, { timeout: 3000 });

describe('who is where', () => {
  it('is told to the others, and to whoever comes later by the snapshot', async () => {
    const [ana, kim] = [await sit('ana'), await sit('kim')];
    expect(told(kim, 'ana')).toMatchObject({ conversation: null, isTyping: false });
    say(ana, ONE);
    await eventually(() => expect(told(kim, 'ana')).toMatchObject({ conversation: ONE, isTyping: false }));
    say(ana, ONE, true);
    await eventually(() => expect(told(kim, 'ana')).toMatchObject({ conversation: ONE, isTyping: true }));
    const lee = await sit('lee');
    expect(lee.frames[0]).toMatchObject({ type: 'snapshot' });
    expect(told(lee, 'ana')).toMatchObject({ conversation: ONE, isTyping: true });
  });

  it('outlives the eviction of the inbox', async () => {
    const [ana, kim] = [await sit('ana'), await sit('kim')];
    say(ana, ONE);
    await eventually(() => expect(told(kim, 'ana')).toMatchObject({ conversation: ONE }));
    await evictDurableObject(inboxOf());
    const lee = await sit('lee');
    expect(told(lee, 'ana')).toMatchObject({ conversation: ONE });
  });

  it('counts somebody with three windows once, and forgets what a closed one said', async () => {
    const kim = await sit('kim');
    const [first, second] = [await sit('ana'), await sit('ana'), await sit('ana')];
    say(first, ONE);
    say(second, OTHER, true);
    await eventually(() => expect(told(kim, 'ana')).toMatchObject({ conversation: OTHER, isTyping: true }));
    const last = kim.frames.findLast(({ type }) => type === 'presence');
    expect(last).toMatchObject({ present: [{ id: 'ana' }, { id: 'kim' }] });
    second.socket.close();
    await eventually(() => expect(told(kim, 'ana')).toMatchObject({ conversation: ONE, isTyping: false }));
  });

  it('costs no frame where nothing has changed', async () => {
    const [ana, kim] = [await sit('ana'), await sit('kim')];
    say(ana, ONE);
    await eventually(() => expect(told(kim, 'ana')).toMatchObject({ conversation: ONE }));
    const before = typesOf(kim).length;
    for (let n = 0; n < 5; n += 1) say(ana, ONE);
    say(ana, OTHER);
    await eventually(() => expect(told(kim, 'ana')).toMatchObject({ conversation: OTHER }));
    expect(typesOf(kim)).toHaveLength(before + 1);
  });

  it('is told in few frames, however fast it changes', async () => {
    const [ana, kim] = [await sit('ana'), await sit('kim')];
    const before = typesOf(kim).length;
    for (let n = 0; n < SAYINGS.most; n += 1) say(ana, n % 2 === 0 ? ONE : OTHER);
    await eventually(() => expect(told(kim, 'ana')).toMatchObject({ conversation: OTHER }));
    expect(typesOf(kim).length - before).toBeLessThanOrEqual(4);
  });
});

describe('a window', () => {
  it('that says more than any window would is closed, and only that one', async () => {
    const [ana, kim] = [await sit('ana'), await sit('kim')];
    for (let n = 0; n <= SAYINGS.most; n += 1) say(ana, ONE);
    expect(await ana.closed).toBe(1008);
    await eventually(() => expect(told(kim, 'ana')).toBeUndefined());
    say(kim, ONE);
    await eventually(() => expect(told(kim, 'kim')).toMatchObject({ conversation: ONE }));
  });

  it.each([
    '{"type":"here"}',
    '{"type":"here","conversation":"1","isTyping":false}',
    '{"type":"here","conversation":null,"isTyping":true}',
    `{"type":"here","conversation":"${ONE}","isTyping":1}`,
    `{"type":"here","conversation":"${ONE}","isTyping":true,"staff":"kim"}`,
    `{"type":"here","conversation":"${'1'.repeat(500)}","isTyping":true}`,
    'null',
    '{',
  ])('that says %s is closed', async (said) => {
    const ana = await sit('ana');
    ana.socket.send(said);
    expect(await ana.closed).toBe(1008);
  });
});
