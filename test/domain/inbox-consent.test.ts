import { describe, expect, it } from 'vitest';
import { CONSENT_SOURCES, type Consent } from '../../src/domain/conversation/consent.ts';
import { begun } from '../../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { FAILURE_REASONS, type FailureReason } from '../../src/domain/conversation/failure-reason.ts';
import { type Message, newMessage } from '../../src/domain/conversation/message.ts';
import { accountWords } from '../../ui/inbox/account-words.ts';
import { chipsOf } from '../../ui/inbox/chips.ts';
import { consentEventWords, consentLabel, listEventWords } from '../../ui/inbox/consent-labels.ts';
import { consentOrigin, consentSince } from '../../ui/inbox/consent-origin.ts';
import { INBOX } from '../../ui/inbox/route.ts';
import * as consent from '../../ui/inbox/state/consent-changes.ts';
import { draftChanged } from '../../ui/inbox/state/conversation-changes.ts';
import { frameReceived } from '../../ui/inbox/state/inbox-changes.ts';
import { moved } from '../../ui/inbox/state/session-changes.ts';
import { initialState } from '../../ui/inbox/state/state.ts';

const ROUTE = { ...INBOX, practiceId: 'lakeside', conversationId: 'c1' };
const START = initialState(ROUTE);
const AT = Date.parse('2026-11-23T10:42:00-08:00');
const DAY = 86_400_000;
const ANA = { id: 'ana', name: 'Ana Reyes' };

function summary(changes: Partial<ConversationSummary> = {}): ConversationSummary {
  const line = {
    id: 'l1',
    name: 'Main',
    number: '+12062020100',
    carrier: 'simulator',
    segmentsPerSecond: 1,
    looksUpLineType: false,
  } as const;
  const fresh = begun({
    id: 'c1',
    practiceId: 'lakeside',
    line,
    caller: '+12062020123',
    language: 'en',
    at: 1,
  });
  return { ...fresh, version: 1, ...changes };
}

const optedOut = (source: (typeof CONSENT_SOURCES)[number] = 'texted-in'): Consent => ({
  state: 'opted-out',
  source,
  at: AT,
});

const event = (name: 'opted-out' | 'opted-in', detail: string | null, at = AT): Message =>
  newMessage({ id: `${name} ${at}`, kind: 'event', body: '', author: ANA, event: { name, detail } }, 1, at);

describe('consent in words', () => {
  it('says at a glance whether texts are welcome, and how we know', () => {
    expect(consentLabel({ state: 'given', source: 'pressed-key', at: AT })).toBe(
      'May be texted: pressed the key',
    );
    expect(consentLabel(optedOut())).toBe('Opted out: by text');
    expect(consentLabel({ state: 'unknown' })).toBe('Not known to want texts');
  });

  it.each(CONSENT_SOURCES)('has a sentence for what is known by %s, both ways', (source) => {
    expect(consentOrigin({ state: 'given', source, at: AT }, [])).toMatch(/\.$/);
    expect(consentOrigin(optedOut(source), [])).toMatch(/\.$/);
  });

  it('names who recorded it and why, of the record that counts', () => {
    const messages = [
      event('opted-out', 'Said so in March', AT - DAY),
      event('opted-out', 'Asked on the phone'),
    ];
    expect(consentOrigin(optedOut('staff'), messages)).toBe('Ana Reyes recorded it: “Asked on the phone”.');
    expect(consentOrigin(optedOut('staff'), [event('opted-out', null)])).toBe('Ana Reyes recorded it.');
    expect(consentOrigin(optedOut('staff'), messages.slice(0, 1))).toBe('They told a member of staff.');
  });

  it('says since when, by the clock of the practice', () => {
    const since = (now: number) =>
      consentSince(optedOut(), now, 'America/Los_Angeles')?.replaceAll('\u202f', ' ');
    expect(since(AT)).toBe('Since today, 10:42 AM');
    expect(since(AT + 9 * DAY)).toBe('Since Monday, November 23, 10:42 AM');
    expect(consentSince({ state: 'unknown' }, AT, 'UTC')).toBeNull();
  });

  it('tells apart who opted out: the caller, staff, or the carrier', () => {
    expect(consentEventWords('opted-out', null, null)).toBe(
      'The caller opted out by text and gets no more texts',
    );
    expect(consentEventWords('opted-out', 'Ana Reyes', 'Asked')).toBe(
      'Ana Reyes recorded an opt-out: “Asked”',
    );
    expect(consentEventWords('opted-out', null, 'carrier')).toMatch(/^The carrier says/);
    expect(consentEventWords('opted-in', 'Ana Reyes', 'Asked')).toBe('Ana Reyes recorded an opt-in: “Asked”');
    expect(consentEventWords('opted-in', null, null)).toMatch(/gets texts again$/);
  });

  it('says who changed the do-not-text list, where somebody did', () => {
    expect(listEventWords('do-not-text', 'Jo Lindqvist')).toMatch(/^Jo Lindqvist put this number on/);
    expect(listEventWords('do-not-text', null)).toMatch(/^This number is on/);
    expect(listEventWords('may-text-again', 'Jo Lindqvist')).toMatch(/^Jo Lindqvist took this number off/);
  });

  it('asks staff to call whoever texted CANCEL', () => {
    expect(consentEventWords('opted-out', null, 'CANCEL')).toContain('call to ask');
  });

  it('tells managers what to do about an account, and staff whom to tell', () => {
    expect(accountWords('staff')).toContain('Tell a manager');
    expect(accountWords('manager')).toContain('Sign in to your account');
    expect(accountWords('admin')).toBe(accountWords('manager'));
  });
});

describe('the chips of a row', () => {
  const chips = (changes: Partial<ConversationSummary>, isUnsent = false) =>
    chipsOf(summary(changes), isUnsent).map(({ text, tone }) => `${text}, ${tone}`);

  it('are none while nothing stands in the way', () => {
    expect(chips({})).toEqual([]);
  });

  it('say that the enterprise does not text this number', () => {
    expect(chips({ doNotText: true })).toEqual(['Do not text, warn']);
    expect(chips({ doNotText: true, problem: 'do-not-text' })).toEqual([
      'Not sent, danger',
      'Do not text, warn',
    ]);
  });

  it('say an opt-out and a landline, and nothing twice', () => {
    expect(chips({ consent: optedOut('carrier'), problem: 'blocked' })).toEqual([
      'Not sent, danger',
      'Opted out, warn',
    ]);
    expect(chips({ cannotText: 'landline', problem: 'landline' })).toEqual([
      'Not sent, danger',
      'Landline, warn',
    ]);
    expect(chips({ cannotText: 'landline', problem: 'refused' })).toEqual([
      'Not sent: refused, danger',
      'Landline, warn',
    ]);
  });
});

describe('the chip of a text that did not leave', () => {
  const failed = (problem: FailureReason | null, isUnsent = false) =>
    chipsOf(summary({ problem }), isUnsent).map(({ text }) => text);

  it('is there for every reason, says which, and is never colour alone', () => {
    expect(failed('unreachable')).toEqual(['Not sent: unreachable']);
    expect(failed('account')).toEqual(['Not sent: line cannot send']);
    expect(failed('expired')).toEqual(['Not sent in time']);
    for (const reason of FAILURE_REASONS)
      expect(failed(reason)).toEqual([
        expect.stringMatching(reason === 'outcome-unknown' ? /^Not confirmed/ : /^Not sent/),
      ]);
  });

  it('is there too where it did not even get to Offhook, and once where both happened', () => {
    expect(failed(null, true)).toEqual(['Not sent']);
    expect(failed('refused', true)).toEqual(['Not sent: refused']);
    expect(failed(null)).toEqual([]);
  });
});

describe('recording consent', () => {
  const asked = consent.consentAsked(START, 'c1', 'given');

  it('keeps the dialog open, with what went wrong, until the server has it', () => {
    const refused = consent.consentRefused(consent.consentSent(asked), 'Say how you know.');
    expect(refused.consentDialog).toMatchObject({
      becomes: 'given',
      isBusy: false,
      error: 'Say how you know.',
    });
    expect(consent.consentSent(refused).consentDialog).toMatchObject({ isBusy: true, error: null });
  });

  it('ignores an answer that comes when the dialog has been closed', () => {
    expect(consent.consentRefused(consent.consentLeft(asked), 'Too late').consentDialog).toBeNull();
  });

  it('is left by going to another conversation, not by searching', () => {
    expect(moved(asked, { ...ROUTE, query: 'ana' }).consentDialog).not.toBeNull();
    expect(moved(asked, { ...ROUTE, conversationId: 'c2' }).consentDialog).toBeNull();
  });
});

it('a reply that was being written when the caller opted out is kept', () => {
  const written = draftChanged(START, 'c1', { reply: 'We can see you at' });
  const after = frameReceived(written, {
    type: 'conversation',
    seq: 2,
    conversation: summary({ version: 2, consent: optedOut() }),
    messages: [],
    counts: {
      'needs-reply': 0,
      mine: 0,
      unassigned: 1,
      'awaiting-caller': 1,
      open: 1,
      snoozed: 0,
      done: 0,
    },
  });
  expect(after.drafts.get('c1')?.reply).toBe('We can see you at');
  expect(after.conversations.get('c1')?.consent.state).toBe('opted-out');
});
