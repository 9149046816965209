import type { HoursSetting } from '../../../src/domain/hours/after-hours.ts';
import type { Opening } from '../../../src/domain/hours/opening-hours.ts';
import type { LineToSetUp, ManagedTrigger } from '../../../src/domain/triggers/managed-trigger.ts';
import type { WouldHappen } from '../../design/would-happen-words.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

export type Line = Pick<LineToSetUp, 'id' | 'name' | 'number'>;

export interface AllHours {
  lines: Line[];
  /** Null where nobody set any. */
  practice: HoursSetting | null;
  /** By line; only those that differ. */
  ofLines: ReadonlyMap<string, HoursSetting>;
}

export interface OpenAt {
  opening: Opening;
  reply: { text: string } | null;
}

type Hours = { hours: HoursSetting | null };

/** What the page asks. `lineId` is null for the practice itself. */
export function hoursApi(practiceId: string) {
  const practice = practicePath(practiceId);
  const path = (lineId: string | null) =>
    lineId === null ? `${practice}/hours` : `${practice}/lines/${encodeURIComponent(lineId)}/hours`;
  return {
    all: () => allHours(practice, path),
    get: (lineId: string | null) => request<Hours>('GET', path(lineId)),
    /** `expected` is what was seen before the change. */
    set: (lineId: string | null, hours: HoursSetting, expected: HoursSetting | null) =>
      request<{ hours: HoursSetting }>('PUT', path(lineId), { ...hours, expected }),
    giveBack: (lineId: string) => request<null>('DELETE', path(lineId)),
    openAt: (lineId: string | null, at: number, language: string) =>
      request<OpenAt>(
        'GET',
        `${practice}/open-at?${new URLSearchParams({ at: String(at), language, ...(lineId === null ? {} : { line: lineId }) })}`,
      ),
    triggers: () => request<{ triggers: ManagedTrigger[] }>('GET', `${practice}/triggers`),
    wouldHappen: (triggerId: string, at: number) =>
      request<WouldHappen>(
        'GET',
        `${practice}/triggers/${encodeURIComponent(triggerId)}/what-would-happen?at=${at}`,
      ),
  };
}

export type HoursApi = ReturnType<typeof hoursApi>;

async function allHours(
  practice: string,
  path: (lineId: string | null) => string,
): Promise<Answer<AllHours>> {
  const [lines, own] = await Promise.all([
    request<{ lines: Line[] }>('GET', `${practice}/lines`),
    request<Hours>('GET', path(null)),
  ]);
  if (!lines.ok) return lines;
  if (!own.ok) return own;
  const ofLines = new Map<string, HoursSetting>();
  const answers = await Promise.all(lines.value.lines.map(({ id }) => request<Hours>('GET', path(id))));
  for (const [index, answer] of answers.entries()) {
    if (!answer.ok) return answer;
    const line = lines.value.lines[index];
    if (line !== undefined && answer.value.hours !== null) ofLines.set(line.id, answer.value.hours);
  }
  return { ok: true, value: { lines: lines.value.lines, practice: own.value.hours, ofLines } };
}
