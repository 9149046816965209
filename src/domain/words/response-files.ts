import { readCsv } from '../text/csv-reading.ts';
import { BYTE_ORDER_MARK, csvLine, unguarded } from '../text/csv-writing.ts';
import { isSameJson } from '../text/same-json.ts';
import {
  isSameName,
  LANGUAGE_TAG,
  MAX_RESPONSES,
  type QuickResponses,
  responseFaults,
  tidyResponse,
  type WrittenResponse,
} from './quick-response.ts';
import { checked, placed, type ResponsesEdit, replaced, wholeGroups } from './quick-response-changes.ts';

export const FILE_FORMATS = ['csv', 'json'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** Of a file that is taken in. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;

const KIND = 'offhook-quick-responses';

export interface FileFault {
  /** `row 7`, `response 3`; empty where it is about the whole file. */
  at: string;
  message: string;
}

export type FileReading = { is: 'read'; written: WrittenResponse[] } | { is: 'faulty'; faults: FileFault[] };

/** More than these are not told: whoever sees so many looks at the whole file. */
const MOST_FAULTS = 20;

/** Without what is archived. */
export function writeFile(format: FileFormat, { groups, responses }: QuickResponses): string {
  const byId = new Map(responses.filter(({ isArchived }) => !isArchived).map((one) => [one.id, one]));
  const shown = groups.map(({ name, ids }) => ({ name, responses: ids.flatMap((id) => byId.get(id) ?? []) }));
  if (format === 'json') {
    const plain = shown.map(({ name, responses: of }) => ({
      name,
      responses: of.map(({ title, texts }) => ({ title, texts })),
    }));
    return `${JSON.stringify({ kind: KIND, groups: plain }, null, 2)}\n`;
  }
  const languages = [...new Set([...byId.values()].flatMap(({ texts }) => Object.keys(texts)))].sort();
  const rows = shown.flatMap(({ name, responses: of }) =>
    of.map(({ title, texts }) => [name, title, ...languages.map((language) => texts[language] ?? '')]),
  );
  return BYTE_ORDER_MARK + [['group', 'title', ...languages], ...rows].map(csvLine).join('');
}

/** All of it, or what is wrong with it. */
export function readFile(format: FileFormat, content: string): FileReading {
  const found = format === 'json' ? readJson(content) : readTable(content);
  if (!Array.isArray(found)) return faulty([found]);
  const tidy = found.map(({ at, written }) => ({ at, written: tidyResponse(written) }));
  const faults = tidy.flatMap(({ at, written }, index) => [
    ...responseFaults(written).map(({ path, message }) => ({ at, message: `${path.join(' ')}: ${message}` })),
    ...(tidy.findIndex((one) => isSameName(one.written.title, written.title)) < index
      ? [{ at, message: `title: “${written.title.slice(0, 40)}” is there twice` }]
      : []),
  ]);
  if (tidy.length === 0) faults.push({ at: '', message: 'There are no quick responses in this file.' });
  if (tidy.length > MAX_RESPONSES) {
    faults.push({ at: '', message: `There are ${tidy.length}; a practice has room for ${MAX_RESPONSES}.` });
  }
  return faults.length > 0 ? faulty(faults) : { is: 'read', written: tidy.map(({ written }) => written) };
}

type Found = { at: string; written: WrittenResponse };

function readTable(content: string): Found[] | FileFault {
  const table = readCsv(content);
  if (table.is === 'broken') {
    return { at: `row ${table.row}`, message: 'A quotation mark is never closed.' };
  }
  const [head, ...rows] = table.records;
  const columns = (head?.cells ?? []).map((name) => name.trim());
  const named = (name: string) => columns.findIndex((column) => column.toLowerCase() === name);
  const [group, title] = [named('group'), named('title')];
  if (title === -1 || group === -1) {
    return {
      at: 'row 1',
      message: 'The first row has to name the columns: group, title, en, es and so on.',
    };
  }
  const languages = columns
    .map((name, index) => ({ name, index }))
    .filter(({ index }) => index !== group && index !== title);
  const odd = languages.find(({ name }) => name !== '' && !LANGUAGE_TAG.test(name));
  if (odd !== undefined) {
    return {
      at: 'row 1',
      message: `“${odd.name.slice(0, 40)}” is no language; use codes such as en, es or pt-BR.`,
    };
  }
  const repeated = columns.find((name, index) => name !== '' && columns.indexOf(name) < index);
  if (repeated !== undefined)
    return { at: 'row 1', message: `The column “${repeated.slice(0, 40)}” is there twice.` };
  return rows.map(({ row, cells: written }) => {
    const cells = written.map(unguarded);
    return {
      at: `row ${row}`,
      written: {
        group: cells[group] ?? '',
        title: cells[title] ?? '',
        texts: Object.fromEntries(
          languages.filter(({ name }) => name !== '').map(({ name, index }) => [name, cells[index] ?? '']),
        ),
      },
    };
  });
}

function readJson(content: string): Found[] | FileFault {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content.replace(/^\ufeff/, ''));
  } catch {
    return { at: '', message: 'This is not JSON, or it was cut off. Export it again and choose that file.' };
  }
  const groups = isObject(parsed) && parsed.kind === KIND ? parsed.groups : null;
  if (!Array.isArray(groups)) {
    return {
      at: '',
      message: 'This JSON does not hold quick responses. Choose a file that Offhook has exported.',
    };
  }
  const found: Found[] = [];
  for (const group of groups) {
    if (!isObject(group) || typeof group.name !== 'string' || !Array.isArray(group.responses)) {
      return {
        at: `response ${found.length + 1}`,
        message: 'Its group needs a name and a list of responses.',
      };
    }
    for (const one of group.responses) {
      const at = `response ${found.length + 1}`;
      if (!isObject(one) || typeof one.title !== 'string' || !isTexts(one.texts)) {
        return { at, message: 'It needs a title, and texts by language.' };
      }
      found.push({ at, written: { group: group.name, title: one.title, texts: one.texts } });
    }
  }
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function faulty(faults: FileFault[]): FileReading {
  return { is: 'faulty', faults: faults.slice(0, MOST_FAULTS) };
}

/** What taking a file in would do: one of the same title says the new texts and comes back from the archive. */
export interface ImportPlan {
  added: string[];
  changed: string[];
  same: number;
}

export function importResponses(
  before: QuickResponses,
  written: readonly WrittenResponse[],
  newId: () => string,
): { edit: ResponsesEdit; plan: ImportPlan } {
  const plan: ImportPlan = { added: [], changed: [], same: 0 };
  let { groups, responses } = { ...before, groups: wholeGroups(before.groups, before.responses) };
  for (const { title, group, texts } of written) {
    const current = responses.find((one) => isSameName(one.title, title));
    if (current === undefined) {
      const id = newId();
      responses = [...responses, { id, title, texts, version: 1, isArchived: false }];
      groups = placed(groups, id, group);
      plan.added.push(title);
      continue;
    }
    const isHere = groups.some(({ name, ids }) => isSameName(name, group) && ids.includes(current.id));
    if (isHere && isSameJson(current.texts, texts) && !current.isArchived) {
      plan.same += 1;
      continue;
    }
    responses = replaced(responses, { ...current, texts, version: current.version + 1, isArchived: false });
    if (!isHere) groups = placed(groups, current.id, group);
    plan.changed.push(title);
  }
  const isSame = plan.added.length + plan.changed.length === 0;
  return { edit: isSame ? { is: 'same' } : checked({ groups, responses }), plan };
}
