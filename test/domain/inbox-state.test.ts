import { describe, expect, it } from 'vitest';
import { begun } from '../../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';
import type { PracticeAlarm } from '../../src/domain/inbox/practice-alarm.ts';
import { INBOX } from '../../ui/inbox/route.ts';
import { alarmDismissed } from '../../ui/inbox/state/alarm-changes.ts';
import * as conversation from '../../ui/inbox/state/conversation-changes.ts';
import * as inbox from '../../ui/inbox/state/inbox-changes.ts';
import * as reading from '../../ui/inbox/state/reading-changes.ts';
import * as session from '../../ui/inbox/state/session-changes.ts';
import { initialState, type Session, type State, type Unsent } from '../../ui/inbox/state/state.ts';
import { stageAfter } from '../../ui/inbox/state/unsent-stage.ts';
import { timelineOf } from '../../ui/inbox/timeline.ts';

const COUNTS = {
  'needs-reply': 1,
  mine: 0,
  unassigned: 1,
  'awaiting-caller': 0,
  open: 1,
  snoozed: 0,
  done: 0,
};
const START = initialState({ ...INBOX, practiceId: 'lakeside', conversationId: 'c1' });

function summary(changes: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    ...begun({
      id: 'c1',
      practiceId: 'lakeside',
      line: {
        id: 'l1',
        name: 'Main',
        number: '+12062020100',
        carrier: 'simulator',
        segmentsPerSecond: 1,
        looksUpLineType: false,
      },
      caller: '+12062020123',
      language: 'en',
      at: 1,
    }),
    version: 1,
    ...changes,
  };
}

function message(seq: number, changes: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    seq,
    kind: 'text-in',
    body: `text ${seq}`,
    at: seq * 1000,
    media: [],
    author: null,
    delivery: null,
    call: null,
    event: null,
    ...changes,
  };
}

const delivery = (status: 'queued' | 'sent' | 'delivered' | 'failed', attempt = 1): Partial<Message> => ({
  kind: 'reply',
  delivery: { status, statusAt: 1, sentAt: null, attempt, reason: null },
});

const frameOf = (one: ConversationSummary, messages: Message[]): InboxFrame => ({
  type: 'conversation',
  seq: 9,
  conversation: one,
  messages,
  counts: COUNTS,
});

const unsent: Unsent = {
  id: 'mine',
  kind: 'reply',
  body: 'Yes',
  at: 5000,
  seenSeq: null,
  stage: { is: 'sending' },
};

const signedIn = (state: State, id: string) =>
  session.signedIn(state, {
    staff: { id, name: id, email: '', isAdmin: false },
    practices: [],
  } as unknown as Session);

const part = (messages: Message[], nextCursor: string | null = null, newerCursor: string | null = null) => ({
  messages,
  nextCursor,
  newerCursor,
});

/** So many messages, the last of which has this number. */
const upTo = (last: number, count: number) =>
  Array.from({ length: count }, (_, index) => message(last - count + 1 + index));

/** The first, the last, how many. */
const seqs = (state: State) => [shown(state)[0]?.seq, shown(state).at(-1)?.seq, shown(state).length];

const shown = (state: State) => state.opened.get('c1')?.messages ?? [];

describe('what the inbox page knows', () => {
  it('keeps the newer of two summaries, in whichever order they come', () => {
    const newer = inbox.summariesMerged(START, [summary({ version: 3, unread: 2 })]);
    const after = inbox.summariesMerged(newer, [summary({ version: 2 })]);
    expect(after.conversations.get('c1')?.unread).toBe(2);
  });

  it('never shows a delivery status going backwards', () => {
    const delivered = conversation.conversationLoaded(START, 'c1', [message(1, delivery('delivered'))], null);
    const late = inbox.frameReceived(delivered, frameOf(summary(), [message(1, delivery('sent'))]));
    expect(shown(late)[0]?.delivery?.status).toBe('delivered');
  });

  it('starts over when a text is sent again, and ignores what is still told of the first attempt', () => {
    const failed = conversation.conversationLoaded(START, 'c1', [message(1, delivery('failed'))], null);
    const again = conversation.messagesMerged(failed, 'c1', [message(1, delivery('queued', 2))]);
    expect(shown(again)[0]?.delivery?.status).toBe('queued');
    const late = conversation.messagesMerged(again, 'c1', [message(1, delivery('failed', 1))]);
    expect(shown(late)[0]?.delivery?.status).toBe('queued');
  });

  it('puts a reply on screen once, whether the frame or the answer comes first', () => {
    const opened = conversation.conversationLoaded(START, 'c1', [message(1)], null);
    const written = conversation.unsentAdded(opened, 'c1', unsent);
    const recorded = message(2, { id: 'mine', ...delivery('queued') });
    const framed = inbox.frameReceived(written, frameOf(summary({ version: 2 }), [recorded]));
    const answered = conversation.messagesMerged(framed, 'c1', [recorded]);
    for (const state of [framed, answered]) {
      expect(state.unsent.get('c1')).toEqual([]);
      expect(shown(state).map(({ id }) => id)).toEqual(['m1', 'mine']);
    }
  });

  it('keeps what came over the socket while the conversation was being opened', () => {
    const framed = conversation.messagesMerged(conversation.conversationAsked(START, 'c1'), 'c1', [
      message(3),
    ]);
    const loaded = conversation.conversationLoaded(framed, 'c1', [message(1), message(2)], null);
    expect(shown(loaded).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('drops older messages that a newest page no longer joins, rather than show a gap', () => {
    const before = conversation.conversationLoaded(START, 'c1', [message(1), message(2)], null);
    const after = conversation.conversationLoaded(before, 'c1', [message(60), message(61)], 'older');
    expect(shown(after).map(({ seq }) => seq)).toEqual([60, 61]);
    expect(after.opened.get('c1')?.nextCursor).toBe('older');
  });

  it('keeps older pages when the newest page is read again', () => {
    const newest = conversation.conversationLoaded(START, 'c1', [message(3), message(4)], 'older');
    const whole = reading.olderLoaded(newest, 'c1', part([message(1), message(2)]));
    const again = conversation.conversationLoaded(whole, 'c1', [message(4), message(5)], 'older');
    expect(shown(again).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(again.opened.get('c1')?.nextCursor).toBeNull();
  });

  it('reads from the middle on in both directions, and takes in what is told only where it joins', () => {
    const middle = reading.partLoaded(START, 'c1', part(upTo(500, 20), '481', '500'));
    const told = conversation.messagesMerged(middle, 'c1', [
      message(400),
      message(490, delivery('delivered')),
      message(900),
    ]);
    expect(seqs(told)).toEqual([481, 500, 20]);
    expect(shown(told).find(({ seq }) => seq === 490)?.delivery?.status).toBe('delivered');
    const newer = reading.newerLoaded(told, 'c1', part(upTo(550, 50), null, '550'));
    expect(seqs(reading.olderLoaded(newer, 'c1', part(upTo(480, 50), '431')))).toEqual([431, 550, 120]);
    const end = reading.newerLoaded(newer, 'c1', part(upTo(560, 10), null, null));
    expect(seqs(conversation.messagesMerged(end, 'c1', [message(561)]))).toEqual([481, 561, 81]);
  });

  it('holds of a long conversation what is near, and knows how to get at the rest', () => {
    let state = conversation.conversationLoaded(START, 'c1', upTo(10_000, 50), '9951');
    for (let first = 9951; first > 9000; first -= 50)
      state = reading.olderLoaded(state, 'c1', part(upTo(first - 1, 50), String(first - 50)));
    expect(seqs(state)).toEqual([8951, 9150, 200]);
    expect(state.opened.get('c1')).toMatchObject({ nextCursor: '8951', newerCursor: '9150' });
    const back = reading.newerLoaded(state, 'c1', part(upTo(9200, 50), null, '9200'));
    expect(seqs(back)).toEqual([9001, 9200, 200]);
    expect(back.opened.get('c1')).toMatchObject({ nextCursor: '9001', newerCursor: '9200' });
    const newest = conversation.conversationLoaded(back, 'c1', upTo(10_000, 50), '9951');
    expect(seqs(newest)).toEqual([9951, 10_000, 50]);
    expect(newest.opened.get('c1')).toMatchObject({ nextCursor: '9951', newerCursor: null });
  });

  it('keeps the conversations that were opened last, not all that ever were', () => {
    let state = START;
    for (let n = 0; n < 20; n += 1) state = conversation.conversationAsked(state, `c${n}`);
    state = conversation.conversationAsked(state, 'c15');
    expect([...state.opened.keys()]).toEqual(['c12', 'c13', 'c14', 'c16', 'c17', 'c18', 'c19', 'c15']);
  });

  it('forgets everything a snapshot may contradict, but not the conversation on screen', () => {
    const known = inbox.summariesMerged(START, [summary(), summary({ id: 'c2' })]);
    const after = inbox.frameReceived(known, {
      type: 'snapshot',
      seq: 1,
      view: 'open',
      conversations: [summary({ id: 'c3' })],
      nextCursor: null,
      counts: COUNTS,
      callBacks: 2,
      present: [],
      mentions: [],
    });
    expect([...after.conversations.keys()].sort()).toEqual(['c1', 'c3']);
    expect(after.callBacks).toBe(2);
  });
});

describe('alarms', () => {
  const resumed: Extract<InboxFrame, { type: 'resumed' }> = {
    type: 'resumed',
    seq: 9,
    counts: COUNTS,
    callBacks: 0,
    present: [],
    mentions: [],
  };
  const alarm: PracticeAlarm = {
    id: 'a',
    kind: 'recovered',
    detail: null,
    line: { id: 'l1', name: 'Main' },
    carrier: 'twilio',
    count: 3,
    firstAt: 1,
    lastAt: 2,
  };

  it('are those of the newest frame that tells of any, and a dismissed one is gone', () => {
    const told = inbox.frameReceived(START, { type: 'alarms', seq: 9, alarms: [alarm] });
    expect(told.alarms).toEqual([alarm]);
    expect(inbox.frameReceived(told, { type: 'presence', seq: 10, present: [] }).alarms).toEqual([alarm]);
    expect(inbox.frameReceived(told, resumed).alarms).toEqual([]);
    const again = inbox.frameReceived(START, { ...resumed, alarms: [alarm] });
    expect(alarmDismissed(again, 'a').alarms).toEqual([]);
    expect(alarmDismissed(again, 'b').alarms).toEqual([alarm]);
  });
});

describe('what somebody was writing', () => {
  const written = conversation.draftChanged(signedIn(START, 'ana'), 'c1', { reply: 'We can see you at' });

  it('outlives being signed out, for the same person only', () => {
    const out = session.signedOut(written, 'idle');
    expect(out.conversations.size).toBe(0);
    expect(signedIn(out, 'ana').drafts.get('c1')?.reply).toBe('We can see you at');
    expect(signedIn(out, 'ben').drafts.size).toBe(0);
  });

  it('is gone once that person signs out on purpose', () => {
    const out = session.signedOut(session.forgotWriting(written), null);
    expect(signedIn(out, 'ana').drafts.size).toBe(0);
  });

  it('gets a text back that did not leave, in front of what was begun since', () => {
    const failed = conversation.unsentAdded(written, 'c1', unsent);
    const edited = conversation.unsentEdited(failed, 'c1', 'mine');
    expect(edited.drafts.get('c1')?.reply).toBe('Yes\nWe can see you at');
    expect(edited.unsent.get('c1')).toEqual([]);
  });

  describe('and of a reply that got no answer', () => {
    const sent = conversation.unsentAdded(signedIn(START, 'ana'), 'c1', unsent);
    const answered = (from: State, status: number, code = '') =>
      conversation.unsentStaged(from, 'c1', 'mine', stageAfter({ status, code, message: 'No' }, false));
    const isEdited = (from: State) =>
      conversation.unsentEdited(from, 'c1', 'mine').drafts.get('c1')?.reply === unsent.body;

    it.each([0, 403, 408, 429, 500, 503])('nothing, while it may have arrived: status %i', (status) => {
      const unknown = answered(sent, status);
      expect(isEdited(unknown)).toBe(false);
      expect(conversation.unsentEdited(unknown, 'c1', 'mine').unsent).toEqual(unknown.unsent);
    });

    it('nothing either where it turns out to have arrived: it stands among the messages', () => {
      const arrived = conversation.messagesMerged(answered(sent, 0), 'c1', [message(4, { id: 'mine' })]);
      expect(arrived.unsent.get('c1')).toEqual([]);
      expect(isEdited(arrived)).toBe(false);
    });

    it('the text, once the same one is refused', () => {
      expect(isEdited(answered(answered(sent, 0), 409, 'opted-out'))).toBe(true);
      expect(isEdited(answered(answered(sent, 0), 409, 'newer-messages'))).toBe(true);
    });
  });
});

describe('the lines of an opened conversation', () => {
  const DAY = 86_400_000;

  it('start each day of the practice, put the call before its text, and end with what is not sent yet', () => {
    const call = { useCase: 'abandoned-call', firedAt: 0, waitedSeconds: 42, heldUntil: null } as const;
    const messages = [
      message(1, { ...delivery('sent'), kind: 'automatic', call, at: DAY }),
      message(2, { at: DAY + 1000 }),
      message(3, { kind: 'event', event: { name: 'done', detail: null }, at: 3 * DAY }),
    ];
    const lines = timelineOf(messages, [{ ...unsent, at: 3 * DAY + 1 }], 'UTC').map(({ is }) => is);
    expect(lines).toEqual(['day', 'call', 'message', 'message', 'day', 'event', 'unsent']);
  });

  it('begin no day for a text that was lost on its way and stands among newer ones', () => {
    const messages = [
      message(1, { at: 3 * DAY }),
      message(2, { at: 2 * DAY }),
      message(3, { at: 3 * DAY + 1 }),
    ];
    const lines = timelineOf(messages, [], 'UTC').map(({ is, key }) => (is === 'day' ? key : is));
    expect(lines).toEqual(['day 01/04/1970', 'message', 'message', 'message']);
  });

  it('join texts of one hand within five minutes into a run', () => {
    const messages = [message(1), message(2), message(3, { at: 2000 + 6 * 60_000 })];
    const runs = timelineOf(messages, [], 'UTC').flatMap((line) =>
      line.is === 'message' ? [[line.isFirst, line.isLast]] : [],
    );
    expect(runs).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });
});
