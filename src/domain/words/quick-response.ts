import { MAX_BODY_LENGTH } from '../conversation/message.ts';
import { MAX_LANGUAGES } from '../hours/hours-limits.ts';
import { isPrintable, tidyText } from '../text/printable.ts';

/** A saved reply of a practice (B28). */
export interface QuickResponse {
  id: string;
  /** Nobody else's in the practice, whatever its case. */
  title: string;
  /** By language, BCP 47; never none. */
  texts: Record<string, string>;
  /** Grows by one with every change to what it says. */
  version: number;
  /** Kept in its place, and offered to nobody. */
  isArchived: boolean;
}

export interface ResponseGroup {
  name: string;
  /** Of responses, in their order, archived ones too. */
  ids: string[];
}

/** All of a practice: each response is in exactly one group. */
export interface QuickResponses {
  groups: ResponseGroup[];
  responses: QuickResponse[];
}

/** What people write. */
export interface WrittenResponse {
  title: string;
  /** Made if it is not there. */
  group: string;
  texts: Record<string, string>;
}

/** Archived ones count too. */
export const MAX_RESPONSES = 200;
export const MAX_GROUPS = 40;
export const MAX_TITLE_LENGTH = 80;
export const MAX_GROUP_NAME_LENGTH = 60;
/** What cannot be sent is not worth keeping: smart phrases may still make it longer. */
export const MAX_RESPONSE_LENGTH = MAX_BODY_LENGTH;

/** As BCP 47 writes it. */
export const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

/** What is stored: languages without a text are left out. */
export function tidyResponse({ title, group, texts }: WrittenResponse): WrittenResponse {
  const kept = Object.entries(texts).map(([language, text]) => [language.trim(), tidyText(text)] as const);
  return {
    title: tidyName(title),
    group: tidyName(group),
    texts: Object.fromEntries(kept.filter(([, text]) => text !== '')),
  };
}

export function tidyName(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Two titles or group names that people would take for one. */
export function isSameName(one: string, other: string): boolean {
  return tidyName(one).toLowerCase() === tidyName(other).toLowerCase();
}

export interface ResponseFault {
  /** `title`, `group`, `texts`, or `texts` and a language. */
  path: string[];
  /** What is wrong and what to do, as the end of a sentence. */
  message: string;
}

/** Of a tidy one; none where it can be saved. */
export function responseFaults({ title, group, texts }: WrittenResponse): ResponseFault[] {
  const languages = Object.keys(texts);
  const faults: (ResponseFault | null)[] = [
    nameFault(['title'], title, MAX_TITLE_LENGTH, 'give it a title: it is found by that'),
    nameFault(['group'], group, MAX_GROUP_NAME_LENGTH, 'choose a group'),
    languages.length === 0 ? { path: ['texts'], message: 'write a text in at least one language' } : null,
    languages.length > MAX_LANGUAGES
      ? { path: ['texts'], message: `use at most ${MAX_LANGUAGES} languages` }
      : null,
    ...Object.entries(texts).map(([language, text]) => textFault(language, text)),
  ];
  return faults.filter((fault) => fault !== null);
}

function nameFault(path: string[], name: string, most: number, missing: string): ResponseFault | null {
  if (name === '') return { path, message: missing };
  if (name.length > most)
    return { path, message: `use at most ${most} characters; these are ${name.length}` };
  if (!isPrintable(name)) return { path, message: 'take out the characters that cannot be seen' };
  return null;
}

function textFault(language: string, text: string): ResponseFault | null {
  const path = ['texts', language];
  if (!LANGUAGE_TAG.test(language)) return { path, message: 'name a language such as en, es or pt-BR' };
  const over = text.length - MAX_RESPONSE_LENGTH;
  if (over > 0) {
    const much = `${over} ${over === 1 ? 'character' : 'characters'}`;
    return { path, message: `take out ${much}: a text that is sent holds at most ${MAX_RESPONSE_LENGTH}` };
  }
  if (!isPrintable(text)) {
    return { path, message: 'take out the characters that cannot be seen: phones cannot show them' };
  }
  return null;
}
