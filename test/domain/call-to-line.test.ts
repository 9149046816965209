import fc from 'fast-check';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { describe, expect, it } from 'vitest';
import { callMarkup } from '../../src/carriers/marked-up-calls.ts';
import { answerToCall, type CalledLine, RING_SECONDS } from '../../src/domain/calls/call-to-line.ts';

const CALLER = '+12062020142';
const LINE = '+12062020100';
const MAIN = '+12065550101';
const LAKESIDE: CalledLine = { practiceName: 'Lakeside', mainNumber: MAIN, isMainNumberOurs: false };

function call(changes: Partial<Parameters<typeof answerToCall>[0]> = {}) {
  return { from: CALLER, to: LINE, forwardedFrom: null, ...changes };
}

describe('a call to a line', () => {
  it("goes on to the main number, and staff see the caller's number", () => {
    expect(answerToCall(call(), LAKESIDE)).toEqual({
      kind: 'forward',
      to: MAIN,
      callerId: CALLER,
      ringSeconds: RING_SECONDS,
    });
  });

  it.each([
    ['', 'nothing'],
    ['anonymous', 'a word'],
    ['+266696687', 'ANONYMOUS on a keypad'],
    ['+17378742833', 'RESTRICTED on a keypad, which is a number of somebody in Texas'],
    ['sip:desk@clinic.example', 'a SIP address'],
  ])('from %j (%s) shows the number of the line', (from) => {
    expect(answerToCall(call({ from }), LAKESIDE)).toMatchObject({ kind: 'forward', callerId: LINE });
  });

  it.each<[string, Parameters<typeof answerToCall>]>([
    ['there is no main number', [call(), { ...LAKESIDE, mainNumber: null }]],
    ['the main number is one of our lines', [call(), { ...LAKESIDE, isMainNumberOurs: true }]],
    ['the main number is the line itself', [call(), { ...LAKESIDE, mainNumber: LINE }]],
    ['it comes from the main number', [call({ from: MAIN }), LAKESIDE]],
    ['the main number passed it on', [call({ forwardedFrom: MAIN }), LAKESIDE]],
  ])('is answered in words where %s', (_, given) => {
    const answer = answerToCall(...given);
    expect(answer).toMatchObject({ kind: 'say', words: expect.stringContaining('send a text') });
    expect(answer).toMatchObject({ words: expect.stringContaining('Lakeside') });
  });
});

describe("the markup is what Twilio's own package writes", () => {
  it('for a call that goes on', () => {
    const expected = new VoiceResponse();
    expected.dial({ callerId: CALLER, timeout: RING_SECONDS }).number(MAIN);
    expect(callMarkup(answerToCall(call(), LAKESIDE))).toBe(expected.toString());
  });

  it('for one that is answered in words, whatever the practice is called', () => {
    const name = fc.string({ unit: fc.constantFrom('&', '<', '>', ']', "'", 'é', '😀', ' ', 'a', ';', '/') });
    fc.assert(
      fc.property(name, (practiceName) => {
        const answer = answerToCall(call(), { ...LAKESIDE, practiceName, mainNumber: null });
        const expected = new VoiceResponse();
        expected.say(answer.kind === 'say' ? answer.words : '');
        expected.hangup();
        expect(callMarkup(answer)).toBe(expected.toString());
      }),
    );
  });
});

describe('the markup is well-formed', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('"', '<', '>', '&', '\u0000', '\ud800', '\uffff', '\r', '\n', ']]>', 'a'),
    }),
  );

  it('whatever the numbers are', () => {
    fc.assert(
      fc.property(anything, anything, (to, callerId) => {
        const markup = callMarkup({ kind: 'forward', to, callerId, ringSeconds: RING_SECONDS });
        expect(tagsOf(markup)).toEqual(['Response', 'Dial', 'Number', '/Number', '/Dial', '/Response']);
      }),
    );
  });

  it('whatever is said', () => {
    fc.assert(
      fc.property(anything, (words) => {
        const markup = callMarkup({ kind: 'say', words });
        expect(tagsOf(markup)).toEqual(['Response', 'Say', '/Say', 'Hangup/', '/Response']);
      }),
    );
  });

  /** By the grammar of XML 1.0, as far as there is any of it in here; throws at what is not in it. */
  function tagsOf(markup: string): string[] {
    const text = String.raw`(?:[^<&\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&(?:amp|lt|gt|quot);)`;
    const attribute = ` [a-zA-Z]+="(?:(?!")${text})*"`;
    const piece = new RegExp(`(?:(?!\\]\\]>)${text})*(?:<(/?[A-Za-z]+)(?:${attribute})*(/?)>|$)`, 'uy');
    const head = '<?xml version="1.0" encoding="UTF-8"?>';
    expect(markup.startsWith(head)).toBe(true);
    const tags: string[] = [];
    for (piece.lastIndex = head.length; piece.lastIndex < markup.length; ) {
      const at = piece.lastIndex;
      const found = piece.exec(markup);
      if (found === null) throw new Error(`not well-formed at ${at}: ${JSON.stringify(markup.slice(at))}`);
      if (found[1] !== undefined) tags.push(found[1] + (found[2] ?? ''));
    }
    return tags;
  }
});
