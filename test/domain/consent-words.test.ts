import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAmbiguousOptOut,
  keywordIn,
  mayWishToOptOut,
} from '../../src/domain/conversation/consent-words.ts';

const OPT_OUT = [
  'STOP',
  'STOPALL',
  'STOP ALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
  'OPT OUT',
];

describe('a keyword', () => {
  it.each(OPT_OUT)('%s opts out, in any case and whatever surrounds it', (word) => {
    const around = fc
      .array(fc.constantFrom(' ', '.', '!', '\n', '"', '…', '?', '-', '\u{1f44b}'))
      .map((all) => all.join(''));
    const cased = fc.mixedCase(fc.constant(word));
    fc.assert(
      fc.property(around, cased, around, (before, inner, after) => {
        expect(keywordIn(before + inner + after)).toBe('opt-out');
      }),
    );
  });

  it('opts in, confirms or asks for help', () => {
    expect(['start', 'UNSTOP!', 'yes', 'Help?', ' info '].map(keywordIn)).toEqual([
      'opt-in',
      'opt-in',
      'confirm',
      'help',
      'help',
    ]);
  });

  it('is one only where it is the whole message', () => {
    for (const body of [
      'please stop',
      'stop it',
      'the end',
      'yes please',
      'cancel my visit',
      'stopp',
      '',
      '...',
    ]) {
      expect(keywordIn(body), body).toBeNull();
    }
  });

  it('that patients also use for appointments is told apart', () => {
    expect(OPT_OUT.filter(isAmbiguousOptOut)).toEqual(['CANCEL']);
  });

  it('is looked for in any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (body) => {
        keywordIn(body);
        mayWishToOptOut(body);
      }),
    );
  });
});

describe('a wish to get no more texts', () => {
  it.each([
    'please stop texting me',
    'Stop sending me messages!',
    'stop these texts',
    "don't text me again",
    'Don’t message me',
    'do not contact this number',
    'no more texts please',
    'take me off your list',
    'remove my number',
    'wrong number',
    'You have the wrong person',
    'leave me alone',
    'I want to opt out',
    'unsubscribe me',
    'no más mensajes',
    'No mas mensajes por favor',
    'no me escriban',
    'dejen de mandar mensajes',
    'número equivocado',
    'quíteme de la lista',
    'Stop please',
    'please stop!',
    'STOP-ALL',
    'Ok stop, thank you',
    'Alto',
    'deja de mandarme mensajes',
  ])('is seen in “%s”', (body) => {
    expect(mayWishToOptOut(body)).toBe(true);
  });

  it.each([
    "I can't stop coughing",
    'should I stop taking the medicine?',
    'Can you text me the address?',
    "I don't have the message from the doctor",
    'the bleeding will not stop',
    'no more pills left',
    'No me siento bien',
    'I took the wrong number of pills',
    'Stop by at 5?',
    'please stop the pain',
    'Alto riesgo',
    'please contact my pharmacy',
  ])('is not seen in “%s”', (body) => {
    expect(mayWishToOptOut(body)).toBe(false);
  });
});
