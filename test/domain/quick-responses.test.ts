import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/domain/text/csv-reading.ts';
import { csvLine, unguarded } from '../../src/domain/text/csv-writing.ts';
import { textVariant } from '../../src/domain/text/text-variant.ts';
import {
  MAX_RESPONSE_LENGTH,
  MAX_RESPONSES,
  type QuickResponses,
  responseFaults,
  tidyResponse,
  type WrittenResponse,
} from '../../src/domain/words/quick-response.ts';
import {
  addResponse,
  archiveResponse,
  arrangeResponses,
  changeResponse,
  groupOf,
  type ResponsesEdit,
  removeResponse,
  wholeGroups,
} from '../../src/domain/words/quick-response-changes.ts';
import { importResponses, readFile, writeFile } from '../../src/domain/words/response-files.ts';
import { findResponses } from '../../src/domain/words/response-search.ts';
import { STARTER_RESPONSES } from '../../src/domain/words/starter-responses.ts';

const NONE: QuickResponses = { groups: [], responses: [] };

function outcome(edit: ResponsesEdit): QuickResponses {
  if (edit.is !== 'changed') throw new Error(`it was ${edit.is}`);
  return edit.after;
}

function withAll(written: readonly WrittenResponse[]): QuickResponses {
  return written.reduce((all, one, index) => outcome(addResponse(all, `id-${index}`, one)), NONE);
}

const STARTER = withAll(STARTER_RESPONSES);
const HELLO = { title: 'Hi', group: 'Greetings', texts: { en: 'Hi there' } };

/** Without ids and versions: what people see. */
function shown({ groups, responses }: QuickResponses) {
  return groups.flatMap(({ name, ids }) =>
    ids.flatMap((id) => {
      const one = responses.find((response) => response.id === id);
      return one === undefined || one.isArchived ? [] : [{ group: name, title: one.title, texts: one.texts }];
    }),
  );
}

const text = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const written = fc
  .record({
    title: text,
    group: text,
    texts: fc.dictionary(fc.constantFrom('en', 'es', 'pt-BR', 'ar'), text),
  })
  .map(tidyResponse)
  .filter((one) => responseFaults(one).length === 0);
const many = fc.uniqueArray(written, { selector: ({ title }) => title.toLowerCase(), maxLength: 8 });

describe('the starter set', () => {
  it('can be saved as it stands, in English and Spanish', () => {
    for (const one of STARTER_RESPONSES) {
      expect(responseFaults(tidyResponse(one))).toEqual([]);
      expect(tidyResponse(one)).toEqual(one);
      expect(Object.keys(one.texts)).toEqual(['en', 'es']);
    }
  });
});

describe('what can be saved', () => {
  it.each([
    [{ ...HELLO, title: ' ' }, ['title']],
    [{ ...HELLO, title: 'x'.repeat(81) }, ['title']],
    [{ ...HELLO, group: '' }, ['group']],
    [{ ...HELLO, texts: {} }, ['texts']],
    [{ ...HELLO, texts: { en: '  ' } }, ['texts']],
    [{ ...HELLO, texts: { english: 'x' } }, ['texts', 'english']],
    [{ ...HELLO, texts: { en: 'x'.repeat(MAX_RESPONSE_LENGTH + 1) } }, ['texts', 'en']],
    [{ ...HELLO, texts: { en: 'a\u0007' } }, ['texts', 'en']],
    [{ ...HELLO, texts: { en: '\ud800' } }, ['texts', 'en']],
  ])('is not what is wrong: %#', (one, path) => {
    expect(responseFaults(tidyResponse(one)).map((fault) => fault.path)).toEqual([path]);
  });

  it('is text of the greatest length that can be sent', () => {
    expect(responseFaults({ ...HELLO, texts: { en: 'x'.repeat(MAX_RESPONSE_LENGTH) } })).toEqual([]);
  });
});

describe('changing', () => {
  it('adds at the end of a group, which is made where it is not there', () => {
    const all = outcome(addResponse(STARTER, 'new', HELLO));
    expect(groupOf(all, 'new')?.name).toBe('Greetings');
    expect(all.groups[0]?.ids.at(-1)).toBe('new');
    const made = outcome(addResponse(STARTER, 'new', { ...HELLO, group: 'Forms' }));
    expect(made.groups.at(-1)).toEqual({ name: 'Forms', ids: ['new'] });
  });

  it('knows a title by whatever case, also in the archive, and a full list', () => {
    expect(addResponse(STARTER, 'new', { ...HELLO, title: 'HELLO ' }).is).toBe('title-taken');
    const archived = outcome(archiveResponse(STARTER, 'id-0', true));
    expect(addResponse(archived, 'new', { ...HELLO, title: 'Hello' })).toEqual({
      is: 'title-taken',
      isArchived: true,
    });
    const full = withAll(
      Array.from({ length: MAX_RESPONSES }, (_, index) => ({ ...HELLO, title: `Number ${index}` })),
    );
    expect(addResponse(full, 'new', HELLO)).toEqual({ is: 'full', of: 'responses' });
  });

  it('refuses who looked at an older version, unless both want the same', () => {
    const first = outcome(changeResponse(STARTER, 'id-0', { ...HELLO, title: 'First' }, 1));
    expect(changeResponse(first, 'id-0', { ...HELLO, title: 'Second' }, 1).is).toBe('conflict');
    expect(changeResponse(first, 'id-0', { ...HELLO, title: 'First' }, 1).is).toBe('same');
    expect(changeResponse(first, 'id-0', { ...HELLO, title: 'Second' }, 2).is).toBe('changed');
    expect(changeResponse(first, 'id-0', { ...HELLO, title: 'Call us' }, 2).is).toBe('title-taken');
    expect(changeResponse(first, 'nobody', HELLO, 1).is).toBe('not-found');
  });

  it('archives and brings back to the same place, and deletes for good', () => {
    const archived = outcome(archiveResponse(STARTER, 'id-1', true));
    expect(shown(archived)).toHaveLength(STARTER_RESPONSES.length - 1);
    expect(outcome(archiveResponse(archived, 'id-1', false))).toEqual(STARTER);
    const removed = outcome(removeResponse(STARTER, 'id-1'));
    expect(groupOf(removed, 'id-1')).toBeUndefined();
    expect(removeResponse(removed, 'id-1').is).toBe('not-found');
  });

  it('orders, and is refused by what was ordered otherwise meanwhile, not by what was added', () => {
    const seen = STARTER.groups;
    const wanted = [...seen].reverse();
    expect(outcome(arrangeResponses(STARTER, wanted, seen)).groups).toEqual(wanted);
    const other = outcome(arrangeResponses(STARTER, wanted, seen));
    expect(arrangeResponses(other, [...seen.slice(1), ...seen.slice(0, 1)], seen).is).toBe('conflict');
    expect(arrangeResponses(other, wanted, seen).is).toBe('same');
  });

  it('keeps each response in exactly one group, whatever order is asked for', () => {
    const ids = fc.array(fc.constantFrom('id-0', 'id-1', 'id-2', 'no-such'), { maxLength: 6 });
    const groups = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), ids }), { maxLength: 4 });
    const { responses } = withAll(STARTER_RESPONSES.slice(0, 3));
    fc.assert(
      fc.property(groups, (wanted) => {
        const placed = wholeGroups(wanted, responses).flatMap((group) => group.ids);
        expect(placed.sort()).toEqual(['id-0', 'id-1', 'id-2']);
      }),
    );
  });
});

function cellsOf(file: string): string[][] | null {
  const table = readCsv(file);
  return table.is === 'read' ? table.records.map(({ cells }) => cells.map(unguarded)) : null;
}

describe('files', () => {
  it.each(['csv', 'json'] as const)('as %s come back as they went out', (format) => {
    fc.assert(
      fc.property(many, (list) => {
        if (list.length === 0) return;
        const all = withAll(list);
        const reading = readFile(format, writeFile(format, all));
        expect(reading.is).toBe('read');
        if (reading.is !== 'read') return;
        let count = 0;
        const { edit } = importResponses(NONE, reading.written, () => `new-${count++}`);
        expect(shown(outcome(edit))).toEqual(shown(all));
        const again = importResponses(all, reading.written, () => 'unused');
        expect([again.edit.is, again.plan.same]).toEqual(['same', list.length]);
      }),
    );
  });

  it('of spreadsheets are read whatever they part cells with, and run nothing', () => {
    const rows = [
      ['group', 'title', 'en'],
      ['Greetings', '=1+1', 'a, "b"\nc; d'],
      ["'-x", "''=y", ' + '],
    ];
    const file = rows.map(csvLine).join('');
    expect(file).toContain("'=1+1");
    expect(cellsOf(file)).toEqual(rows);
    const semicolons = readFile('csv', 'Title;Group;es\r\nHola;Saludos;"Hola; ¿qué tal?"\r\n');
    expect(semicolons).toEqual({
      is: 'read',
      written: [{ title: 'Hola', group: 'Saludos', texts: { es: 'Hola; ¿qué tal?' } }],
    });
  });

  it('cells of any kind survive a table', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ',', '"', '\n', ';', '\t', "'", '=', '+', ' ', 'é'),
    });
    const row = fc.array(cell, { minLength: 2, maxLength: 4 });
    const table = fc.array(
      row.filter((cells) => cells.some((one) => one.trim() !== '')),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(table, (rows) => {
        const head = ['group', 'title', 'en', 'es', 'fr', 'de'];
        expect(cellsOf([head, ...rows].map(csvLine).join(''))?.slice(1)).toEqual(rows);
      }),
    );
  });

  it.each([
    ['csv', '', ''],
    ['csv', 'name,text\nx,y', 'row 1'],
    ['csv', 'group,title,en\nA,"B', 'row 2'],
    ['csv', 'group,title,english please\nA,B,c', 'row 1'],
    ['csv', 'group,title,en,en\nA,B,c,d', 'row 1'],
    ['csv', 'group,title,en\nA,B,c\nA,b,d', 'row 3'],
    ['csv', 'group,title,en\nA,,c', 'row 2'],
    ['csv', `group,title,en\nA,B,${'x'.repeat(1600)}`, 'row 2'],
    ['csv', `group,title,${Array.from({ length: 1000 }, (_, i) => `l${i}`).join(',')}\nA,B,c`, 'row 1'],
    ['csv', '\u0000PK\u0003\u0004', 'row 1'],
    ['json', '{"kind":"offhook-quick-responses","groups":[{"na', ''],
    ['json', '[]', ''],
    ['json', 'null', ''],
    ['json', '{"kind":"offhook-quick-responses","groups":[]}', ''],
    ['json', '{"kind":"offhook-quick-responses","groups":[{"name":"A"}]}', 'response 1'],
    [
      'json',
      '{"kind":"offhook-quick-responses","groups":[{"name":"A","responses":[{"title":1}]}]}',
      'response 1',
    ],
    [
      'json',
      '{"kind":"offhook-quick-responses","groups":[{"name":"A","responses":[{"title":"B","texts":{"en":5}}]}]}',
      'response 1',
    ],
  ] as const)('that are not what they say are told where: %s %#', (format, content, at) => {
    const reading = readFile(format, content);
    expect(reading.is === 'faulty' && reading.faults[0]?.at).toBe(content === '' ? 'row 1' : at);
  });

  it('say new texts where the title is there, and bring it back from the archive', () => {
    const archived = outcome(archiveResponse(STARTER, 'id-0', true));
    const { edit, plan } = importResponses(archived, [{ ...HELLO, title: 'hello' }, HELLO], () => 'new');
    expect(plan).toEqual({ added: ['Hi'], changed: ['hello'], same: 0 });
    const changed = outcome(edit).responses.find(({ id }) => id === 'id-0');
    expect(changed).toMatchObject({ isArchived: false, texts: HELLO.texts, version: 2 });
  });
});

describe('searching', () => {
  const titles = (query: string, language = 'en') =>
    findResponses(STARTER, query, language).map(({ response }) => response.title);

  it('finds titles before texts, without accents, by words in any order and by letters', () => {
    expect(titles('hello')[0]).toBe('Hello');
    expect(titles('name hello')).toEqual(['Hello by name']);
    expect(titles('numero')).toEqual(titles('número'));
    expect(titles('clsd')).toContain('Closed now');
    expect(titles('no such words')).toEqual([]);
    expect(titles('').length).toBe(STARTER_RESPONSES.length);
  });

  it('puts what there is in the language of the conversation first, and shows it in that', () => {
    const all = outcome(
      addResponse(STARTER, 'fr', { title: 'Hello French', group: 'Greetings', texts: { fr: 'Salut' } }),
    );
    const found = findResponses(all, 'hello', 'fr-CA');
    expect(found[0]?.response.title).toBe('Hello French');
    expect(found[0]?.variant).toEqual({ language: 'fr', text: 'Salut', isAsked: true });
    expect(found[1]?.variant.language).toBe('en');
    expect(textVariant({ es: 'x' }, 'es-MX')?.isAsked).toBe(true);
    expect(textVariant({ 'pt-BR': 'x' }, 'pt')?.isAsked).toBe(true);
    expect(textVariant({}, 'en')).toBeNull();
  });

  it('is stable: equals stay in the practice’s order, the archive is left out, more letters find no more', () => {
    fc.assert(
      fc.property(many, fc.string({ maxLength: 4 }), fc.string({ maxLength: 3 }), (list, query, more) => {
        const all = withAll(list);
        const found = findResponses(all, query, 'en');
        expect(findResponses(all, query, 'en')).toEqual(found);
        const order = all.groups.flatMap(({ ids }) => ids);
        if (query.trim() === '') {
          const inLanguage = (id: string) =>
            textVariant(all.responses.find((one) => one.id === id)?.texts ?? {}, 'en')?.isAsked;
          const expected = [...order.filter(inLanguage), ...order.filter((id) => !inLanguage(id))];
          expect(found.map(({ response }) => response.id)).toEqual(expected);
        }
        const ids = new Set(found.map(({ response }) => response.id));
        for (const { response } of findResponses(all, `${query} ${more}`, 'en'))
          expect(ids.has(response.id)).toBe(true);
      }),
    );
  });
});
