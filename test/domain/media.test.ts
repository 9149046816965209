import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../src/domain/calls/firing.ts';
import * as rules from '../../src/domain/conversation/conversation-rules.ts';
import {
  contentTypeOf,
  isPicture,
  type Media,
  mediaWords,
  pictureTypeOf,
} from '../../src/domain/conversation/media.ts';
import { type Message, newMessage } from '../../src/domain/conversation/message.ts';
import { meaningOf } from '../../src/domain/conversation/text-in-meaning.ts';
import { DISGUISED, GIF, HTML, JPEG, PDF, PNG, SVG, WEBP } from '../journeys/pictures.ts';

const LINE: Line = {
  id: 'l',
  name: 'Main',
  number: '+12062020100',
  carrier: 'twilio',
  segmentsPerSecond: 1,
  looksUpLineType: false,
};
const JPEGS: Media = { contentType: 'image/jpeg' };
const HEIC: Media = { contentType: 'image/heic' };
const CARD: Media = { contentType: 'text/vcard' };

describe('what stands in the list for a text without words', () => {
  it.each([
    ['', []],
    ['Picture', [JPEGS]],
    ['2 pictures', [JPEGS, HEIC]],
    ['Attachment', [CARD]],
    ['3 attachments', [CARD, JPEGS, HEIC]],
  ])('is “%s”', (words, media) => {
    expect(mediaWords(media)).toBe(words);
    expect(snippetOf('', media)).toBe(words);
    expect(snippetOf(' \n ', media)).toBe(words);
  });

  it('gives way to its words', () => {
    expect(snippetOf('My arm', [JPEGS])).toBe('My arm');
  });

  function snippetOf(body: string, media: Media[]): string {
    const begun = rules.begun({
      ...{ id: 'c', practiceId: 'p', line: LINE, caller: '+12062020123', language: 'en', at: 1 },
    });
    const sources = media.map((one) => ({
      ...one,
      carrier: 'twilio' as const,
      reference: 'https://secret.example',
    }));
    const message: Message = newMessage({ id: 'm', kind: 'text-in', body, media: sources }, 1, 1);
    expect(message.media).toEqual(media);
    return rules.afterTextIn(begun, message, meaningOf(body, begun.consent, 1)).last.snippet;
  }
});

describe('what a text carried', () => {
  it.each([
    ['image/jpeg', JPEG],
    ['image/png', PNG],
    ['image/gif', GIF],
    ['image/webp', WEBP],
    [null, HTML],
    [null, SVG],
    [null, PDF],
    [null, DISGUISED],
    [null, new Uint8Array(0)],
    [null, PNG.subarray(0, 7)],
  ])('is %s by its own bytes', (type, bytes) => {
    expect(pictureTypeOf(bytes)).toBe(type);
  });

  it('is never a picture because of letters that a page could begin with', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        fc.pre(!text.startsWith('GIF87a') && !text.startsWith('GIF89a'));
        expect(pictureTypeOf(new TextEncoder().encode(text))).toBe(null);
      }),
    );
  });

  it.each([
    ['image/jpeg', 'image/jpeg'],
    ['IMAGE/JPG; charset=binary', 'image/jpeg'],
    ['application/vnd.3gpp.sms', 'application/vnd.3gpp.sms'],
    ['"><script>', 'application/octet-stream'],
    ['', 'application/octet-stream'],
    [null, 'application/octet-stream'],
  ])('is declared as %j', (declared, type) => {
    expect(contentTypeOf(declared)).toBe(type);
  });

  it('is asked for as a picture only where every browser draws it', () => {
    expect([JPEGS, HEIC, CARD, { contentType: 'image/svg+xml' }].map(isPicture)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
