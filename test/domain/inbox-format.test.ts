import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALLER_KINDS, FILTERED_USE_CASES, NO_FILTER } from '../../src/domain/inbox/inbox-filter.ts';
import { INBOX_VIEWS } from '../../src/domain/inbox/inbox-view.ts';
import {
  formatDay,
  formatListTime,
  formatNumber,
  formatTook,
  formatUntil,
  formatWaiting,
  initials,
  isolated,
} from '../../ui/design/format.ts';
import { linkParts } from '../../ui/inbox/links.ts';
import { INBOX, readRoute, writeRoute } from '../../ui/inbox/route.ts';
import { snoozeChoices } from '../../ui/inbox/snooze-choices.ts';
import { callWords } from '../../ui/inbox/words.ts';
import { PAGE_NAMES } from '../../ui/shell/page-names.ts';

const PACIFIC = 'America/Los_Angeles';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Intl parts a time from its AM or PM with a narrow space. */
const plain = (text: string) => text.replaceAll('\u202f', ' ');
const pacific = (text: string) => Date.parse(`${text}-08:00`);
const NOW = pacific('2026-11-23T10:42:00');

describe('numbers and names in the inbox', () => {
  it('show North American numbers the way they are said, others as they are', () => {
    expect(formatNumber('+12062020123')).toBe('(206) 202-0123');
    expect(formatNumber('+442079460123')).toBe('+442079460123');
  });

  it('shorten a name to its first and last initial', () => {
    expect(initials('Ana María López')).toBe('AL');
    expect(initials('Øystein')).toBe('Ø');
    expect(initials('María (night)')).toBe('M');
    expect(initials('  ')).toBe('?');
  });
});

describe('a name within a sentence', () => {
  it('is as it is, where it is written like the words around it', () => {
    for (const name of [
      'Ana López',
      'Иван Петров',
      '山田太郎',
      'Za\u0337\u0321l\u0362go',
      '<b>Bob</b>',
      '👩🏽‍⚕️ Kim',
    ])
      expect(isolated(name)).toBe(name);
  });

  it('turns nothing around, whatever marks are in it', () => {
    const mark = fc.constantFrom('\u202e', '\u202b', '\u2067', '\u2069', '\u200f', 'a', 'א');
    fc.assert(
      fc.property(fc.array(mark), (marks) => {
        const [, inside] = /^\u2068(.*)\u2069$/.exec(isolated(`א${marks.join('')}`)) ?? [];
        // Nothing in it opens or ends an isolation of its own.
        expect(inside).toMatch(/^[^\u2066-\u2069]+$/);
      }),
    );
    const call = { useCase: 'abandoned-call', firedAt: 0, waitedSeconds: null, heldUntil: null } as const;
    expect(callWords(call, 'דנה\u202e')).toBe('\u2068דנה\u202e\u2069 hung up while waiting');
  });
});

describe('waiting times', () => {
  it.each([
    [-5 * SECOND, '1 s'],
    [59 * SECOND, '59 s'],
    [60 * SECOND, '1 min'],
    [59 * MINUTE + 59 * SECOND, '59 min'],
    [HOUR, '1 h'],
    [HOUR + 20 * MINUTE, '1 h 20 min'],
    [10 * HOUR + 20 * MINUTE, '10 h'],
    [47 * HOUR, '47 h'],
    [48 * HOUR, '2 days'],
  ])('of %i ms read %s', (ms, words) => {
    expect(formatWaiting(ms)).toBe(words);
  });

  it('of an automatic text are tenths of a second, and never none', () => {
    expect(formatTook(420)).toBe('0.4 s');
    expect(formatTook(3)).toBe('0.1 s');
    expect(formatTook(12_300)).toBe('12 s');
    expect(formatTook(70_000)).toBe('1 min 10 s');
  });
});

describe('days and times', () => {
  it('turn at midnight of the practice, not of the browser', () => {
    expect(formatDay(pacific('2026-11-23T00:00:00'), NOW, PACIFIC)).toBe('Today');
    expect(formatDay(pacific('2026-11-22T23:59:59'), NOW, PACIFIC)).toBe('Yesterday');
    expect(formatDay(pacific('2026-11-20T12:00:00'), NOW, PACIFIC)).toBe('Friday, November 20');
    expect(formatDay(pacific('2025-11-20T12:00:00'), NOW, PACIFIC)).toBe('November 20, 2025');
  });

  it('are as short in the list as the day allows', () => {
    expect(plain(formatListTime(pacific('2026-11-23T08:05:00'), NOW, PACIFIC))).toBe('8:05 AM');
    expect(formatListTime(pacific('2026-11-22T08:05:00'), NOW, PACIFIC)).toBe('Yesterday');
    expect(formatListTime(pacific('2026-11-19T08:05:00'), NOW, PACIFIC)).toBe('Thu');
    expect(formatListTime(pacific('2026-11-03T08:05:00'), NOW, PACIFIC)).toBe('Nov 3');
  });

  it('say when a snooze ends', () => {
    expect(plain(formatUntil(NOW + HOUR, NOW, PACIFIC))).toBe('11:42 AM');
    expect(plain(formatUntil(pacific('2026-11-24T08:00:00'), NOW, PACIFIC))).toBe('tomorrow 8:00 AM');
    expect(plain(formatUntil(pacific('2026-11-28T08:00:00'), NOW, PACIFIC))).toBe('Sat 8:00 AM');
  });
});

describe('snooze choices', () => {
  const instants = (now: number) => snoozeChoices(now, PACIFIC).map(({ until }) => until);

  it('are an hour, tomorrow at eight and next Monday at eight, by the clock of the practice', () => {
    expect(instants(NOW)).toEqual([
      NOW + HOUR,
      pacific('2026-11-24T08:00:00'),
      pacific('2026-11-30T08:00:00'),
    ]);
  });

  it('hold over a change of the clocks', () => {
    const saturday = Date.parse('2026-10-31T12:00:00-07:00');
    expect(instants(saturday).slice(1)).toEqual([
      pacific('2026-11-01T08:00:00'),
      pacific('2026-11-02T08:00:00'),
    ]);
  });

  it('are all in the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3e12 }), (now) => {
        for (const until of instants(now)) expect(until).toBeGreaterThan(now);
      }),
    );
  });
});

describe('links in a text', () => {
  const links = (text: string) => linkParts(text).flatMap(({ text: part, isLink }) => (isLink ? [part] : []));

  it('are whole, without the sentence around them', () => {
    expect(links('See https://a.example/x?y=1&z=2#top. Thanks')).toEqual(['https://a.example/x?y=1&z=2#top']);
    expect(links('(at http://a.example/b), or https://a.example/b_(c)')).toEqual([
      'http://a.example/b',
      'https://a.example/b_(c)',
    ]);
  });

  it('are never anything but http and https', () => {
    expect(links('javascript:alert(1) data:text/html,x ftp://a.example www.a.example https://')).toEqual([]);
  });

  it('end before what would turn their letters around', () => {
    expect(links('https://a.example/\u202egpj.exe')).toEqual(['https://a.example/']);
    expect(links('https://a.example/ملف?x=1 שלום')).toEqual(['https://a.example/ملف?x=1']);
  });

  it('leave every character of the text in its place', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('https://a.example/b', ' http://c.example?d ', ')', '.'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(
          linkParts(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('addresses of the inbox and of the pages beside it', () => {
  it('come back as they were written', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9 /%?#-]{0,20}$/);
    const route = fc.record({
      practiceId: name,
      view: fc.constantFrom(...INBOX_VIEWS),
      conversationId: fc.option(name, { nil: null }),
      query: fc.string(),
      filter: fc.record({
        line: fc.option(name),
        language: fc.option(name),
        useCase: fc.option(fc.constantFrom(...FILTERED_USE_CASES)),
        callerKind: fc.option(fc.constantFrom(...CALLER_KINDS)),
      }),
      page: fc.constant(null),
    });
    const page = fc.record({
      name: fc.constantFrom(...PAGE_NAMES),
      path: fc.array(name, { maxLength: 3 }),
      search: fc.dictionary(name, fc.string()).map((words) => String(new URLSearchParams(words))),
    });
    const pageRoute = fc.record({ practiceId: name, page }).map((one) => ({ ...INBOX, ...one }));
    fc.assert(
      fc.property(fc.oneof(route, pageRoute), (one) => {
        expect(readRoute(new URL(writeRoute(one), 'https://offhook.example'))).toEqual(one);
      }),
    );
  });

  it('are short where they can be', () => {
    const route = { ...INBOX, practiceId: 'lakeside', conversationId: 'abc' };
    expect(writeRoute(route)).toBe('/lakeside/c/abc');
    expect(writeRoute({ ...route, view: 'mine' })).toBe('/lakeside/mine/c/abc');
    expect(readRoute(new URL('https://offhook.example/'))).toMatchObject({
      practiceId: null,
      view: 'needs-reply',
    });
    const lines = 'https://offhook.example/lakeside/open?line=lakeside-main&useCase=none&callerKind=friend';
    expect(readRoute(new URL(lines))).toMatchObject({
      view: 'open',
      filter: { ...NO_FILTER, line: 'lakeside-main', useCase: 'none' },
    });
  });
});
