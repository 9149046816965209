import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedPhrase, MAX_PHRASES } from '../../src/domain/waiting/red-flags.ts';
import { DEFAULT_WAITING, type WaitingSettings } from '../../src/domain/waiting/waiting-settings.ts';
import { draftOf, phrasesIn, readDraft, type WaitingDraft } from '../../ui/pages/waiting/draft.ts';

function read(changes: Partial<WaitingDraft>) {
  return readDraft({ ...draftOf(DEFAULT_WAITING), ...changes });
}

describe('the page about waiting', () => {
  it('reads back what it shows', () => {
    const minutes = fc.integer({ min: 1, max: 300 });
    const settings: fc.Arbitrary<WaitingSettings> = fc
      .tuple(minutes, fc.option(minutes), fc.option(minutes), fc.boolean(), fc.boolean())
      .map(([targetMinutes, everyone, managers, hasWords, returnsToQueue]) => ({
        targetMinutes,
        everyoneMinutes: everyone === null ? null : targetMinutes + everyone,
        managersMinutes: managers === null ? null : targetMinutes + (everyone ?? 0) + managers,
        returnsToQueue,
        redFlags: hasWords ? DEFAULT_WAITING.redFlags : {},
        emergencyText: hasWords ? DEFAULT_WAITING.emergencyText : {},
      }));
    fc.assert(
      fc.property(settings, (given) => {
        expect(readDraft(draftOf(given))).toEqual({ settings: given, faults: {} });
      }),
    );
  });

  it.each([
    ['target', { target: '' }],
    ['target', { target: '0' }],
    ['target', { target: 'ten' }],
    ['everyone', { everyone: { isOn: true, minutes: '5' } }],
    ['managers', { managers: { isOn: true, minutes: '20' } }],
    ['words-en', { words: [{ language: 'en', text: 'x'.repeat(61) }] }],
    ['words-en', { words: [{ language: 'en', text: lines(MAX_PHRASES + 1) }] }],
    ['wording-en', { wording: [{ language: 'en', text: ' ' }] }],
    ['wording-en', { wording: [{ language: 'en', text: 'x'.repeat(161) }] }],
  ])('says at %s what has to be put right', (field, changes) => {
    expect(Object.keys(read(changes).faults)).toEqual([field]);
  });

  it('does not look at a limit that is off', () => {
    expect(read({ everyone: { isOn: false, minutes: 'x' } })).toMatchObject({
      settings: { everyoneMinutes: null },
      faults: {},
    });
  });

  it('takes each phrase once, however it is written, and leaves out lines without words', () => {
    expect(phrasesIn(' chest pain \n\nCHEST-PAIN\n…\ncan’t breathe\ncannot breathe')).toEqual([
      'CHEST-PAIN',
      'cannot breathe',
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = phrasesIn(text).map(foldedPhrase);
        expect(new Set(folded).size).toBe(folded.length);
      }),
    );
  });
});

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `word ${index}`).join('\n');
}
