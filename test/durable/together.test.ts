import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AWAY_MS } from '../../durable/return-to-queue.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, ANA, conversationOf, firing, inboxOf, textIn } from './firing.ts';
import { type Seat, sit } from './seat.ts';

beforeEach(emptyData);

const KIM = { id: 'kim', name: 'Kim Lee' };
const KIMS = { ...ACCESS, staff: KIM };

const uuid = () => crypto.randomUUID();
const kindsOf = async () => {
  const page = await conversationOf().read(ACCESS, null);
  return page.outcome === 'read' ? page.messages.map(({ kind, event }) => event?.name ?? kind) : [];
};
const assignee = async () => {
  const page = await conversationOf().read(ACCESS, null);
  return page.outcome === 'read' ? page.conversation.assignee : undefined;
};
const newestSeq = async () => {
  const page = await conversationOf().read(ACCESS, null);
  return page.outcome === 'read' ? (page.messages.at(-1)?.seq ?? 0) : 0;
};

/** Once the inbox has heard of all that the conversation did. */
async function settled(): Promise<void> {
  await vi.waitFor(async () => {
    const known = await inboxOf().page('open', 'ana', null);
    const page = await conversationOf().read(ACCESS, null);
    expect(page.outcome === 'read' && known.conversations[0]?.version).toBe(
      page.outcome === 'read' && page.conversation.version,
    );
  });
}

describe('whoever takes a conversation that is nobody’s', () => {
  beforeEach(async () => {
    await conversationOf().receive(textIn('Hello'));
  });

  it('has it; of two at the same moment one does, and the other is told who', async () => {
    const results = await Promise.all([conversationOf().claim(ACCESS), conversationOf().claim(KIMS)]);
    expect(results).toMatchObject([
      { outcome: 'changed', conversation: { assignee: ANA } },
      { outcome: 'already-assigned', to: ANA },
    ]);
    expect(await assignee()).toEqual(ANA);
  });

  it('takes it once, however often they ask', async () => {
    for (let n = 0; n < 3; n += 1) await conversationOf().claim(ACCESS);
    expect((await kindsOf()).filter((kind) => kind === 'assigned')).toHaveLength(1);
  });
});

describe('a reply to what the writer had on screen', () => {
  beforeEach(async () => {
    await conversationOf().receive(textIn('Can I come at 3?'));
  });

  const reply = (seenSeq: number | undefined, access = ACCESS, id: string = uuid()) =>
    conversationOf().reply(access, { id, body: 'Yes', seenSeq });

  it('is not written where the caller has written since', async () => {
    const seenSeq = await newestSeq();
    await conversationOf().receive(textIn('No, at 4'));
    expect(await reply(seenSeq)).toEqual({ outcome: 'newer-messages' });
    expect(await kindsOf()).not.toContain('reply');
    expect(await reply(await newestSeq())).toMatchObject({ outcome: 'written' });
  });

  it('is not written where a colleague replied since, not even at the same moment', async () => {
    const seenSeq = await newestSeq();
    const results = await Promise.all([reply(seenSeq), reply(seenSeq, KIMS)]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'newer-messages']);
    expect((await kindsOf()).filter((kind) => kind === 'reply')).toHaveLength(1);
  });

  it('is written where only notes, events, automatic texts and replies of one’s own came since', async () => {
    const seenSeq = await newestSeq();
    await conversationOf().note(KIMS, { id: uuid(), body: 'Regular' });
    await conversationOf().claim(ACCESS);
    await reply(seenSeq);
    expect(await reply(seenSeq)).toMatchObject({ outcome: 'written' });
  });

  it('that was written already is not written again, whatever came since', async () => {
    const [seenSeq, id] = [await newestSeq(), uuid()];
    await reply(seenSeq, ACCESS, id);
    await conversationOf().receive(textIn('Thanks'));
    expect(await reply(seenSeq, ACCESS, id)).toMatchObject({ outcome: 'already-written' });
  });

  it('is taken to have missed nothing where it does not say', async () => {
    await conversationOf().receive(textIn('No, at 4'));
    expect(await reply(undefined)).toMatchObject({ outcome: 'written' });
  });

  it('has missed something where more came than is looked through', async () => {
    for (let n = 0; n < 201; n += 1) await conversationOf().note(ACCESS, { id: uuid(), body: 'x' });
    expect(await reply(1)).toEqual({ outcome: 'newer-messages' });
  });
});

describe('a note that names a colleague', () => {
  beforeEach(async () => {
    await conversationOf().receive(textIn('Hello'));
  });

  const note = (id: string = uuid()) =>
    conversationOf().note(ACCESS, { id, body: '@Kim Lee please call', mentions: [KIM, ANA] });
  const mentionsFor = (seat: Seat) => seat.frames.filter(({ type }) => type === 'mentioned');

  it('tells that colleague and nobody else, once', async () => {
    const [kim, other, lee] = [await sit('kim'), await sit('kim'), await sit('lee')];
    const id = uuid();
    await note(id);
    await note(id);
    await vi.waitFor(() => {
      for (const seat of [kim, other]) expect(mentionsFor(seat)).toMatchObject([{ by: ANA }]);
    });
    await settled();
    expect(mentionsFor(kim)).toHaveLength(1);
    expect(mentionsFor(lee)).toEqual([]);
    expect((await conversationOf().messageFor(ACCESS, id))?.mentions).toEqual([KIM]);
  });

  it('waits for who is not here, until they have looked', async () => {
    await note();
    await settled();
    const kim = await sit('kim');
    expect(kim.frames[0]).toMatchObject({ type: 'snapshot', mentions: [{ by: ANA }] });
    const [{ conversation } = { conversation: '' }] = await inboxOf().mentions('kim');
    await inboxOf().seeMentions('kim', conversation);
    await vi.waitFor(() => expect(kim.frames.at(-1)).toMatchObject({ type: 'mentions-seen', conversation }));
    expect(await inboxOf().mentions('kim')).toEqual([]);
  });

  it('calls nobody again when the inbox is built anew', async () => {
    await note();
    await settled();
    const [{ conversation } = { conversation: '' }] = await inboxOf().mentions('kim');
    await inboxOf().seeMentions('kim', conversation);
    const kim = await sit('kim');
    await inboxOf().rebuild();
    await conversationOf().note(ACCESS, { id: uuid(), body: 'Another' });
    await runDurableObjectAlarm(inboxOf());
    await settled();
    expect(mentionsFor(kim)).toEqual([]);
    expect(await inboxOf().mentions('kim')).toEqual([]);
  });

  it('takes no number: nobody else believes to have missed something', async () => {
    const lee = await sit('lee');
    await note();
    await settled();
    const seen = Math.max(...lee.frames.map(({ seq }) => seq));
    lee.socket.send('ping');
    await vi.waitFor(() =>
      expect(lee.frames.filter(({ type }) => type !== 'presence').at(-1)).toEqual({
        type: 'heartbeat',
        seq: seen,
      }),
    );
  });
});

describe('handing over', () => {
  it('is one change: whose it is and the note that says why, and tells who has it now', async () => {
    await conversationOf().receive(textIn('Hello'));
    const kim = await sit('kim');
    const id = uuid();
    const handOver = () =>
      conversationOf().handOver(ACCESS, { id, body: 'She speaks Spanish', assignee: KIM, mentions: [KIM] });
    expect(await handOver()).toMatchObject({
      outcome: 'handed-over',
      conversation: { assignee: KIM },
      message: { kind: 'note', mentions: [KIM] },
    });
    expect(await handOver()).toMatchObject({ outcome: 'already-written' });
    expect(await kindsOf()).toEqual(['text-in', 'assigned', 'note']);
    await vi.waitFor(() => {
      const frames = kim.frames.filter(({ type }) => type !== 'presence');
      expect(frames.at(-1)).toMatchObject({ type: 'mentioned', by: ANA });
      expect(frames.findLast(({ type }) => type === 'conversation')).toMatchObject({
        conversation: { assignee: KIM, last: { snippet: 'She speaks Spanish' } },
      });
    });
  });
});

describe('conversations of somebody who went offline', () => {
  let ana: Seat;

  beforeEach(async () => {
    ana = await sit('ana');
    await conversationOf().fire(firing());
    await conversationOf().receive(textIn('Hello'));
    await conversationOf().change(ACCESS, { assignee: ANA });
    await settled();
  });

  /** Time passes, and the alarm rings where one is set. */
  async function timePasses(): Promise<void> {
    await vi.waitFor(() => inboxIs((state) => expect(away(state)).toHaveLength(1)));
    await inboxIs((state) => {
      state.storage.sql.exec('UPDATE away SET since = since - ?', AWAY_MS);
      for (const socket of state.getWebSockets()) {
        const seat = socket.deserializeAttachment();
        socket.serializeAttachment({ ...seat, since: seat.since - AWAY_MS });
      }
    });
    await runDurableObjectAlarm(inboxOf());
  }

  const inboxIs = (look: (state: DurableObjectState) => void) =>
    runInDurableObject(inboxOf(), (_, state) => look(state));
  const away = (state: DurableObjectState) =>
    state.storage.sql.exec('SELECT staff FROM away WHERE since IS NOT NULL').toArray();

  it('return to the queue, and say so', async () => {
    await sit('kim');
    ana.socket.close();
    await timePasses();
    await vi.waitFor(async () => expect(await assignee()).toBeNull());
    const page = await conversationOf().read(ACCESS, null);
    expect(page.outcome === 'read' && page.messages.at(-1)?.event).toEqual({
      name: 'returned',
      detail: ANA.name,
    });
    await inboxIs((state) => expect(away(state)).toEqual([]));
  });

  it('stay while another of their windows is open, or they are back in time', async () => {
    await sit('kim');
    const other = await sit('ana');
    ana.socket.close();
    other.socket.close();
    await vi.waitFor(() => inboxIs((state) => expect(away(state)).toHaveLength(1)));
    await sit('ana');
    await inboxIs((state) => expect(away(state)).toEqual([]));
    await runDurableObjectAlarm(inboxOf());
    expect(await assignee()).toEqual(ANA);
  });

  it('stay while nobody else is here to take them, and return once somebody is', async () => {
    ana.socket.close();
    await timePasses();
    expect(await assignee()).toEqual(ANA);
    await sit('kim');
    await timePasses();
    await vi.waitFor(async () => expect(await assignee()).toBeNull());
  });

  it('stay where nobody waits for a reply', async () => {
    await sit('kim');
    await conversationOf().reply(ACCESS, { id: uuid(), body: 'Hello!' });
    await settled();
    ana.socket.close();
    await timePasses();
    await inboxIs((state) => expect(away(state)).toEqual([]));
    expect(await assignee()).toEqual(ANA);
  });

  it('return also where a crash took the sockets without a word', async () => {
    await abortAllDurableObjects();
    await sit('kim');
    await timePasses();
    await vi.waitFor(async () => expect(await assignee()).toBeNull());
  });

  it('that are somebody else’s by then are left alone', async () => {
    await conversationOf().change(ACCESS, { assignee: KIM });
    expect(await conversationOf().returnToQueue(ANA.id)).toEqual({ outcome: 'nothing-to-return' });
    expect(await assignee()).toEqual(KIM);
  });
});

describe('conversations of somebody who is not here', () => {
  beforeEach(async () => {
    await conversationOf().fire(firing());
    await conversationOf().change(ACCESS, { assignee: ANA });
    await settled();
  });

  async function writes(body = 'Hello?'): Promise<void> {
    await conversationOf().receive(textIn(body));
    await settled();
  }

  /** As long as it takes; whether an alarm rang. */
  async function timePasses(): Promise<boolean> {
    await runInDurableObject(inboxOf(), (_, state) => {
      state.storage.sql.exec('UPDATE conversations SET unattended_since = unattended_since - ?', AWAY_MS);
      for (const socket of state.getWebSockets()) {
        const seat = socket.deserializeAttachment();
        socket.serializeAttachment({ ...seat, since: seat.since - AWAY_MS });
      }
    });
    return runDurableObjectAlarm(inboxOf());
  }

  const returned = async () => (await kindsOf()).filter((kind) => kind === 'returned').length;

  it('return to the queue when a caller comes to wait, once', async () => {
    await sit('kim');
    await writes();
    expect(await timePasses()).toBe(true);
    expect(await assignee()).toBeNull();
    await settled();
    await timePasses();
    expect(await returned()).toBe(1);
  });

  it('stay for as long as somebody needs to come back, and longer where they do', async () => {
    await sit('kim');
    await writes();
    await runDurableObjectAlarm(inboxOf());
    expect(await assignee()).toEqual(ANA);
    await sit('ana');
    await timePasses();
    expect(await assignee()).toEqual(ANA);
  });

  it('stay at night, and return in the morning when somebody else comes', async () => {
    await writes();
    expect(await timePasses()).toBe(false);
    expect(await assignee()).toEqual(ANA);
    await sit('kim');
    expect(await timePasses()).toBe(true);
    expect(await assignee()).toBeNull();
  });

  it('return also where a colleague gave it to them while the caller waited, unless they come', async () => {
    await conversationOf().change(ACCESS, { assignee: null });
    await writes();
    await sit('kim');
    for (const comes of [false, true]) {
      await conversationOf().change(KIMS, { assignee: ANA });
      await settled();
      expect(await assignee()).toEqual(ANA);
      if (comes) await sit('ana');
      await timePasses();
      expect(await assignee()).toEqual(comes ? ANA : null);
      await conversationOf().change(KIMS, { assignee: null });
      await settled();
    }
    expect(await returned()).toBe(1);
  });

  it('stay where a colleague gave it to them and no caller waits', async () => {
    await sit('kim');
    await conversationOf().change(KIMS, { assignee: KIM });
    await conversationOf().change(KIMS, { assignee: ANA });
    await settled();
    await timePasses();
    expect(await assignee()).toEqual(ANA);
  });

  it('stay where the practice wants that, and return once it wants the other', async () => {
    const rules = { targetMinutes: 10, everyoneMinutes: null, managersMinutes: null };
    const hours = { practice: null, lines: {} };
    await inboxOf().keepWaitingRules({ ...rules, hours, returnsToQueue: false });
    await sit('kim');
    await writes();
    expect(await timePasses()).toBe(false);
    expect(await assignee()).toEqual(ANA);
    await inboxOf().keepWaitingRules({ ...rules, hours, returnsToQueue: true });
    expect(await timePasses()).toBe(true);
    expect(await assignee()).toBeNull();
  });

  it('stay once somebody has answered', async () => {
    await sit('kim');
    await writes();
    await conversationOf().reply(KIMS, { id: uuid(), body: 'Hello!' });
    await settled();
    await timePasses();
    expect(await returned()).toBe(0);
  });

  it('return also where the inbox is built anew in between', async () => {
    await writes();
    await inboxOf().rebuild();
    await runDurableObjectAlarm(inboxOf());
    await settled();
    await sit('kim');
    await timePasses();
    expect(await assignee()).toBeNull();
  });
});
