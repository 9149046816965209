import { signal } from '@preact/signals';
import { DEFAULT_TELLING, type Telling, type ToldSpan } from '../../../src/domain/telling/quiet.ts';
import { practicePath, request } from '../api.ts';
import { practiceId } from '../store.ts';
import { resumeAway } from './away.ts';

interface Told {
  telling: Telling;
  told: ToldSpan[] | null;
}

/** As the server told last: how this person wants to be told, and the spans ahead in which they are; null: always. */
export const quiet = signal<Told>({ telling: DEFAULT_TELLING, told: null });

/** Answers what went wrong, or null. */
export async function learnTelling(practice: string): Promise<string | null> {
  const answer = await request<Told & { pushKey: string | null }>(
    'GET',
    `${practicePath(practice)}/telling`,
    undefined,
    { parts: 'telling' },
  );
  if (!answer.ok) return answer.message;
  if (practice !== practiceId.peek()) return null;
  quiet.value = answer.value;
  await resumeAway(answer.value.pushKey);
  return null;
}

/** Whether this person wants to be left in peace now. */
export function isQuietNow(now: number): boolean {
  const { told } = quiet.peek();
  return told !== null && !told.some(({ from, to }) => from <= now && now < to);
}
