import { isSameJson } from '../text/same-json.ts';
import {
  isSameName,
  MAX_GROUPS,
  MAX_RESPONSES,
  type QuickResponse,
  type QuickResponses,
  type ResponseGroup,
  type WrittenResponse,
} from './quick-response.ts';

/** What becomes of the quick responses of a practice when somebody changes them. All that is written is tidy. */
export type ResponsesEdit =
  | { is: 'changed'; after: QuickResponses }
  | { is: 'same' }
  | { is: 'not-found' }
  /** There is one of this title already. */
  | { is: 'title-taken'; isArchived: boolean }
  | { is: 'full'; of: 'responses' | 'groups' }
  /** Somebody else changed it since it was looked at. */
  | { is: 'conflict' };

export function addResponse(
  before: QuickResponses,
  id: string,
  { title, group, texts }: WrittenResponse,
): ResponsesEdit {
  const other = before.responses.find((one) => isSameName(one.title, title));
  if (other !== undefined) return { is: 'title-taken', isArchived: other.isArchived };
  if (before.responses.length >= MAX_RESPONSES) return { is: 'full', of: 'responses' };
  const added: QuickResponse = { id, title, texts, version: 1, isArchived: false };
  return checked({ groups: placed(before.groups, id, group), responses: [...before.responses, added] });
}

/** `version` is the one that was looked at. Who wants what is there already is told so, not refused. */
export function changeResponse(
  before: QuickResponses,
  id: string,
  { title, group, texts }: WrittenResponse,
  version: number,
): ResponsesEdit {
  const current = before.responses.find((one) => one.id === id);
  if (current === undefined) return { is: 'not-found' };
  const says = { title, texts };
  const isSameText = isSameJson({ title: current.title, texts: current.texts }, says);
  if (!isSameText && current.version !== version) return { is: 'conflict' };
  const other = before.responses.find((one) => one.id !== id && isSameName(one.title, title));
  if (other !== undefined) return { is: 'title-taken', isArchived: other.isArchived };
  const isSamePlace = isSameName(groupOf(before, id)?.name ?? '', group);
  if (isSameText && isSamePlace) return { is: 'same' };
  return checked({
    groups: isSamePlace ? before.groups : placed(before.groups, id, group),
    responses: isSameText
      ? before.responses
      : replaced(before.responses, { ...current, ...says, version: current.version + 1 }),
  });
}

/** Into the archive, or back to where it was. */
export function archiveResponse(before: QuickResponses, id: string, isArchived: boolean): ResponsesEdit {
  const current = before.responses.find((one) => one.id === id);
  if (current === undefined) return { is: 'not-found' };
  if (current.isArchived === isArchived) return { is: 'same' };
  return checked({ ...before, responses: replaced(before.responses, { ...current, isArchived }) });
}

/** For good. */
export function removeResponse(before: QuickResponses, id: string): ResponsesEdit {
  if (!before.responses.some((one) => one.id === id)) return { is: 'not-found' };
  return checked({
    groups: before.groups.map((group) => ({ ...group, ids: group.ids.filter((one) => one !== id) })),
    responses: before.responses.filter((one) => one.id !== id),
  });
}

/** Groups and their order, and the order in them. `seen` is what was there when it was looked at. */
export function arrangeResponses(
  before: QuickResponses,
  wanted: ResponseGroup[],
  seen: ResponseGroup[],
): ResponsesEdit {
  const { responses } = before;
  const current = wholeGroups(before.groups, responses);
  const next = wholeGroups(wanted, responses);
  if (isSameJson(current, next)) return { is: 'same' };
  // Only what was looked at counts: a response that somebody added since keeps its place.
  if (!isSameJson(current, wholeGroups(seen, responses))) return { is: 'conflict' };
  return checked({ groups: next, responses });
}

export function groupOf({ groups }: QuickResponses, id: string): ResponseGroup | undefined {
  return groups.find(({ ids }) => ids.includes(id));
}

/** Each response once: those that are nowhere are in the last group, what is not there is left out. */
export function wholeGroups(
  groups: readonly ResponseGroup[],
  responses: readonly QuickResponse[],
): ResponseGroup[] {
  const left = new Set(responses.map(({ id }) => id));
  const whole = groups.map(({ name, ids }) => ({ name, ids: ids.filter((id) => left.delete(id)) }));
  if (left.size > 0) {
    if (whole.length === 0) whole.push({ name: 'General', ids: [] });
    whole.at(-1)?.ids.push(...left);
  }
  return whole;
}

/** At the end of the group, which is made at the end of all if it is not there. */
export function placed(groups: readonly ResponseGroup[], id: string, name: string): ResponseGroup[] {
  const without = groups.map((group) => ({ ...group, ids: group.ids.filter((one) => one !== id) }));
  const into = without.find((group) => isSameName(group.name, name));
  if (into === undefined) return [...without, { name, ids: [id] }];
  into.ids.push(id);
  return without;
}

export function replaced(responses: readonly QuickResponse[], next: QuickResponse): QuickResponse[] {
  return responses.map((one) => (one.id === next.id ? next : one));
}

export function checked(after: QuickResponses): ResponsesEdit {
  if (after.responses.length > MAX_RESPONSES) return { is: 'full', of: 'responses' };
  if (after.groups.length > MAX_GROUPS) return { is: 'full', of: 'groups' };
  return { is: 'changed', after };
}
