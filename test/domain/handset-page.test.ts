import { describe, expect, it } from 'vitest';
import { type HandsetMessage, handsetKind, type LineToCall } from '../../src/domain/conversation/handset.ts';
import { momentOf, type PhoneCall, waitedMs } from '../../ui/simulator/call.ts';
import {
  digitsOf,
  isPhoneNumber,
  numberInAddress,
  numberOfKind,
  randomNumber,
} from '../../ui/simulator/number.ts';
import * as steps from '../../ui/simulator/state.ts';

const LINE: LineToCall = {
  practiceName: 'Lakeside',
  id: 'line',
  name: 'Main',
  number: '+12062020100',
  triggers: [{ useCase: 'call-to-text', language: 'en' }],
};

describe('a call', () => {
  const call: PhoneCall = {
    id: 'call-1',
    line: LINE,
    language: 'en',
    startedAt: 0,
    pressedAt: null,
    typed: '',
    isKeypadOpen: null,
  };

  it('rings, is greeted, holds, and is then offered a text', () => {
    const moments = [0, 2599, 2600, 5600, 9100].map((now) => momentOf(call, now));
    expect(moments).toEqual(['ringing', 'ringing', 'greeting', 'holding', 'offered']);
    expect(momentOf({ ...call, pressedAt: 9200 }, 9200)).toBe('texting');
  });

  it('is never offered what its line does not have in that language', () => {
    expect(momentOf({ ...call, language: 'es' }, 60_000)).toBe('holding');
  });

  it('waits from the moment it is answered', () => {
    expect([waitedMs(call, 1000), waitedMs(call, 12_600)]).toEqual([0, 10_000]);
  });
});

describe('texts on the phone', () => {
  const empty = steps.initialState('2062020142', true);
  const old = text('old', 'received');
  const fresh = text('new', 'received');

  it('arrive only when they were not there the first time', () => {
    const loaded = steps.messagesLoaded(empty, [old]);
    expect(loaded).toMatchObject({ banner: null, unread: new Set() });
    expect(steps.messagesLoaded(loaded, [old, fresh])).toMatchObject({
      banner: fresh,
      unread: new Set(['new']),
    });
  });

  it('are read where they arrive in the open thread, or when it is opened', () => {
    const open = steps.screenOpened(steps.messagesLoaded(empty, [old]), {
      name: 'thread',
      line: LINE.number,
    });
    expect(steps.messagesLoaded(open, [old, fresh])).toMatchObject({ banner: null, unread: new Set() });
    const unread = steps.messagesLoaded(steps.messagesLoaded(empty, []), [fresh]);
    const opened = steps.screenOpened(unread, { name: 'thread', line: LINE.number });
    expect(opened).toMatchObject({ banner: null, unread: new Set() });
  });

  it('stay when an answer that is older than they are comes late', () => {
    const sent = text('sent', 'sent');
    const written = steps.messageWritten(steps.messagesLoaded(empty, [old]), sent);
    expect(steps.messagesLoaded(written, [old]).messages).toEqual([old, sent]);
    const delivered = { ...sent, isDelivered: true };
    expect(steps.messagesLoaded(written, [old, delivered]).messages).toEqual([old, delivered]);
  });

  it('are gone from another phone', () => {
    const loaded = steps.messagesLoaded(empty, [old]);
    expect(steps.phoneChanged(loaded, '2062020143')).toMatchObject({ number: '2062020143', messages: null });
  });
});

describe('the number of the phone', () => {
  it('can be typed in any usual way', () => {
    expect(['(206) 202-0142', '+1 206 202 0142', '2062020142'].map(digitsOf)).toEqual(
      Array(3).fill('2062020142'),
    );
    expect(['2062020142', '206202014', '1062020142', '2061020142'].map(isPhoneNumber)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(numberInAddress('?number=%2B12062020142')).toBe('2062020142');
    expect(numberInAddress('?number=clinic')).toBeNull();
  });

  it('becomes one of each kind, and an everyday one again', () => {
    for (const kind of ['landline', 'unreachable', 'blocked'] as const) {
      const number = numberOfKind('2062345678', kind);
      expect(handsetKind(number)).toBe(kind);
      expect(handsetKind(numberOfKind(number, 'ordinary'))).toBe('ordinary');
    }
    expect(isPhoneNumber(randomNumber())).toBe(true);
  });
});

function text(id: string, direction: HandsetMessage['direction']): HandsetMessage {
  const [from, to] = direction === 'received' ? [LINE.number, '+12062020142'] : ['+12062020142', LINE.number];
  return {
    ...{ id, from, to, body: 'Hello', mediaCount: 0, at: 1, direction },
    isDelivered: direction === 'received',
  };
}
