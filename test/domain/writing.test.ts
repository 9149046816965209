import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '../../src/domain/words/response-files.ts';
import { insertion, slashBefore } from '../../ui/inbox/writing/slash.ts';
import { movedGroup, movedResponse, placedBefore } from '../../ui/pages/quick-responses/arrangement.ts';
import { fileContent } from '../../ui/pages/quick-responses/file-content.ts';
import { responseDifferences } from '../../ui/pages/quick-responses/response-differences.ts';

describe('a slash asks for quick responses', () => {
  it.each([
    ['/', 0, ''],
    ['/he', 0, 'he'],
    ['Hi /hours today', 3, 'hours today'],
    ['Bye./', 4, ''],
    ['Done)/x', 5, 'x'],
    ['line\n/x', 5, 'x'],
  ])('in “%s”', (text, at, query) => {
    expect(slashBefore(text, text.length)).toEqual({ at, query });
  });

  it.each([
    'and/or',
    '1/2',
    '12/31',
    'https://a',
    'https:/',
    'a:/b',
    '/ 2 a day',
    '/a/',
    'no slash',
    `/${'x'.repeat(41)}`,
  ])('and does not in “%s”', (text) => {
    expect(slashBefore(text, text.length)).toBeNull();
  });

  it('only up to where the writing is', () => {
    expect(slashBefore('/he and more', 3)).toEqual({ at: 0, query: 'he' });
    expect(slashBefore('/he', 0)).toBeNull();
  });

  it('and what is put in stands on a line of its own behind a sentence', () => {
    expect(insertion('/x', { at: 0, query: 'x' }, 'Hi.')).toBe('Hi.');
    expect(insertion('Hi. /x', { at: 4, query: 'x' }, 'Bye.')).toBe('Bye.');
    expect(insertion('Hi./x', { at: 3, query: 'x' }, 'Bye.')).toBe('\nBye.');
  });
});

describe('putting in order', () => {
  const GROUPS = [
    { name: 'A', ids: ['a', 'hidden', 'b'] },
    { name: 'B', ids: [] },
    { name: 'C', ids: ['c'] },
  ];
  const isShown = (id: string) => id !== 'hidden';
  const ids = (groups: typeof GROUPS) => groups.map((group) => group.ids);

  it('goes past what is hidden, and from group to group', () => {
    expect(ids(movedResponse(GROUPS, 'a', 1, isShown))).toEqual([['hidden', 'b', 'a'], [], ['c']]);
    expect(ids(movedResponse(GROUPS, 'b', 1, isShown))).toEqual([['a', 'hidden'], ['b'], ['c']]);
    expect(ids(movedResponse(GROUPS, 'c', -1, isShown))).toEqual([['a', 'hidden', 'b'], ['c'], []]);
    expect(movedResponse(GROUPS, 'a', -1, isShown)).toEqual(GROUPS);
    expect(movedResponse(GROUPS, 'c', 1, isShown)).toEqual(GROUPS);
  });

  it('loses and doubles nothing', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'hidden');
    const by = fc.constantFrom<1 | -1>(1, -1);
    const step = fc.oneof(
      fc.tuple(id, by).map(
        ([one, way]) =>
          (groups: typeof GROUPS) =>
            movedResponse(groups, one, way, isShown),
      ),
      fc.tuple(id, fc.nat(2), fc.option(id), fc.boolean()).map(
        ([one, group, other, isAfter]) =>
          (groups: typeof GROUPS) =>
            placedBefore(groups, one, { group, id: other, isAfter }),
      ),
      fc.tuple(fc.nat(2), by).map(
        ([index, way]) =>
          (groups: typeof GROUPS) =>
            movedGroup(groups, index, way),
      ),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const after = steps.reduce((groups, one) => one(groups), GROUPS);
        expect(ids(after).flat().sort()).toEqual(['a', 'b', 'c', 'hidden']);
        expect(after.map(({ name }) => name).sort()).toEqual(['A', 'B', 'C']);
      }),
    );
  });
});

describe('a chosen file', () => {
  function file(bytes: Uint8Array, name = 'a.csv', size = bytes.length) {
    return { name, size, arrayBuffer: async () => new Uint8Array(bytes).buffer };
  }
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const utf16 = (text: string) =>
    Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]));

  it('is read in whatever way it says it is written', async () => {
    expect(await fileContent(file(utf8('title,é')))).toEqual({
      is: 'read',
      format: 'csv',
      content: 'title,é',
    });
    expect(await fileContent(file(utf16('\ufefftitle,é')))).toMatchObject({ is: 'read', content: 'title,é' });
    expect(await fileContent(file(utf8(' {"a":1}')))).toMatchObject({ format: 'json' });
  });

  it('is refused unread where it is too large, and with words where it is something else', async () => {
    const unread = {
      name: 'a.csv',
      size: MAX_FILE_BYTES + 1,
      arrayBuffer: () => Promise.reject(new Error('read')),
    };
    expect(await fileContent(unread)).toMatchObject({
      is: 'refused',
      message: expect.stringContaining('2 MB'),
    });
    expect(await fileContent(file(utf8('PK'), 'a.xlsx'))).toMatchObject({ is: 'refused' });
    expect(await fileContent(file(Uint8Array.from([0x67, 0xe9, 0x0a])))).toMatchObject({ is: 'refused' });
    const gone = { ...unread, size: 1 };
    expect(await fileContent(gone)).toMatchObject({ message: expect.stringContaining('could not be read') });
  });
});

describe('two wordings', () => {
  it('are told apart by what is different', () => {
    const mine = { title: 'A', group: 'G', texts: { en: 'one', es: 'uno' } };
    const theirs = { title: 'A', group: 'H', texts: { en: 'two' } };
    expect(responseDifferences(mine, theirs)).toEqual([
      { what: 'Group', mine: 'G', theirs: 'H' },
      { what: 'English', mine: 'one', theirs: 'two' },
      { what: 'Spanish', mine: 'uno', theirs: 'not there' },
    ]);
  });
});
