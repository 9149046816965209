import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/conversation/message.ts';
import {
  type Happening,
  isMorePressing,
  morePressing,
  type Reason,
  reasonToTell,
  ring,
} from '../../src/domain/telling/ring.ts';
import { ringWords, severalRingWords } from '../../src/domain/telling/ring-words.ts';

const ANA = { id: 'ana', isManager: false };
const KIM = { id: 'kim', name: 'Kim' };

type Changed = Extract<Happening, { is: 'changed' }>;
const TEXT: Changed['messages'] = [{ kind: 'text-in', author: null, event: null }];
const NOTE: Changed['messages'] = [{ kind: 'note', author: KIM, event: null }];

function changed(
  conversation: Partial<Changed['conversation']>,
  messages: Changed['messages'] = TEXT,
): Happening {
  return {
    is: 'changed',
    conversation: { state: 'open', waitingSince: 1, assignee: null, urgent: null, ...conversation },
    messages,
  };
}

function assignedBy(id: string): Changed['messages'] {
  const event: Message['event'] = { name: 'assigned', detail: 'Ana' };
  return [{ kind: 'event', author: { id, name: id }, event }];
}

const ME = { id: 'ana', name: 'Ana' };

describe('somebody is told', () => {
  it.each<[string, Happening, Reason | null]>([
    ['of a text that nobody has taken', changed({}), 'waiting'],
    ['of a text in what is theirs', changed({ assignee: ME }), 'waiting'],
    ['not of one in what is a colleague’s', changed({ assignee: KIM }), null],
    ['not of one that needs no reply', changed({ waitingSince: null }), null],
    ['not of one that was snoozed', changed({ state: 'snoozed' }), null],
    [
      'of what is urgent, whoever has it',
      changed({ assignee: KIM, urgent: { phrase: 'chest pain', at: 1 } }),
      'urgent',
    ],
    ['not of what is not urgent any more', changed({ assignee: KIM, urgent: null }), null],
    [
      'not again of what is urgent when a colleague only leaves a note',
      changed({ urgent: { phrase: 'chest pain', at: 1 } }, NOTE),
      null,
    ],
    [
      'of what a colleague gave them',
      changed({ assignee: ME, waitingSince: null }, assignedBy('kim')),
      'assigned',
    ],
    ['not of what they took themselves', changed({ assignee: ME }, assignedBy('ana')), null],
    ['not of what was given to a colleague', changed({ assignee: KIM }, assignedBy('lee')), null],
    ['not of a note, a reply or an automatic text', changed({}, NOTE), null],
    ['of what waits too long for everybody', { is: 'escalated', level: 'everyone' }, 'escalated'],
    ['not of what went on to managers', { is: 'escalated', level: 'managers' }, null],
    ['of being mentioned', { is: 'mentioned', byId: 'kim' }, 'mentioned'],
    ['not of having mentioned themselves', { is: 'mentioned', byId: 'ana' }, null],
  ])('%s', (_, happening, reason) => {
    expect(reasonToTell(happening, ANA)).toBe(reason);
  });

  it('as a manager also of what went on to managers', () => {
    expect(reasonToTell({ is: 'escalated', level: 'managers' }, { ...ANA, isManager: true })).toBe(
      'escalated',
    );
  });
});

describe('it is heard', () => {
  const moment = { isLookedAt: false, isQuiet: false, passesUrgent: false };
  it.each<[string, Reason | null, Partial<typeof moment>, Reason | null]>([
    ['as a rule', 'waiting', {}, 'waiting'],
    ['not where there is nothing to tell', null, {}, null],
    ['not by who looks at it already', 'waiting', { isLookedAt: true }, null],
    ['not by who looks at it already, urgent or not', 'urgent', { isLookedAt: true }, null],
    ['not in quiet hours', 'assigned', { isQuiet: true }, null],
    ['not in quiet hours, even if urgent', 'urgent', { isQuiet: true }, null],
    [
      'in quiet hours if urgent, where somebody chose so',
      'urgent',
      { isQuiet: true, passesUrgent: true },
      'urgent',
    ],
    ['and nothing else passes then', 'escalated', { isQuiet: true, passesUrgent: true }, null],
  ])('%s', (_, reason, part, heard) => {
    expect(ring(reason, { ...moment, ...part })).toBe(heard);
  });
});

it('the more pressing reason counts', () => {
  expect(morePressing('waiting', 'urgent')).toBe('urgent');
  expect(morePressing('mentioned', 'assigned')).toBe('mentioned');
  expect(isMorePressing('waiting', 'waiting')).toBe(false);
});

it('the words name the practice and nothing about anybody', () => {
  const practice = 'Lakeside Family Clinic';
  expect(ringWords('waiting', practice)).toBe('A caller is waiting at Lakeside Family Clinic');
  expect(severalRingWords(3, 'urgent', practice)).toBe(
    '3 conversations need you at Lakeside Family Clinic, at least one is urgent',
  );
});
