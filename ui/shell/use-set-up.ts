import { useSignal } from '@preact/signals';
import type { SetUpAnswer } from '../../src/domain/practice/set-up.ts';
import { useEffect, useRef } from '../design/html.ts';
import { type Answer, practicePath, request } from '../inbox/api.ts';
import { useFrames } from './frames.ts';

/** Not at every one of the calls that a busy practice gets. */
const AGAIN_AFTER_MS = 1_000;

export interface LiveSetUp {
  answer: Answer<SetUpAnswer> | null;
  reload: () => Promise<void>;
}

/** How far a practice is set up, looked up again when something happens that may have ticked a step. */
export function useSetUp(practiceId: string): LiveSetUp {
  const answer = useSignal<Answer<SetUpAnswer> | null>(null);
  const timer = useRef(0);
  const reload = async () => {
    const now = await request<SetUpAnswer>('GET', `${practicePath(practiceId)}/setup`);
    // What is on screen is still true, only older.
    if (now.ok || !answer.peek()?.ok) answer.value = now;
  };
  useEffect(() => {
    void reload();
    return () => clearTimeout(timer.current);
  }, [practiceId]);
  useFrames(({ type }) => {
    if (type !== 'conversation' || timer.current !== 0) return;
    timer.current = setTimeout(() => {
      timer.current = 0;
      void reload();
    }, AGAIN_AFTER_MS);
  });
  return { answer: answer.value, reload };
}
