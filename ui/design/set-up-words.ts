import type { SetUpStep, SetUpStepId } from '../../src/domain/practice/set-up.ts';

/** The pages that steps lead to. */
type StepPage = 'practice' | 'lines' | 'hours' | 'triggers' | 'set-up' | 'activity' | 'people';

interface StepWords {
  title: string;
  page: StepPage;
}

export const STEP_WORDS: Record<SetUpStepId, StepWords> = {
  profile: { title: 'Name and time zone', page: 'practice' },
  line: { title: 'A line to text from', page: 'lines' },
  hours: { title: 'Hours and holidays', page: 'hours' },
  trigger: { title: 'A trigger', page: 'triggers' },
  texts: { title: 'Texts looked at, in each language', page: 'set-up' },
  call: { title: 'First call received', page: 'activity' },
  teammate: { title: 'A teammate', page: 'people' },
  tested: { title: 'Tested on a phone', page: 'triggers' },
  live: { title: 'Live', page: 'triggers' },
};

/** Where something is to be done, or is to be seen once it is. */
export function pageOfStep({ id, state }: SetUpStep): StepPage {
  if (id === 'call' && state === 'open') return 'triggers';
  if (id === 'live' && state === 'elsewhere') return 'practice';
  return STEP_WORDS[id].page;
}

/** Of those that happen in this environment. */
export function progressOf(steps: readonly SetUpStep[]): {
  done: number;
  all: number;
  next: SetUpStep | null;
} {
  const here = steps.filter(({ state }) => state !== 'elsewhere');
  return {
    done: here.filter(({ state }) => state === 'done').length,
    all: here.length,
    next: here.find(({ state }) => state === 'open') ?? null,
  };
}
