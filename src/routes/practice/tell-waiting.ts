import type { Env } from '../../env.ts';
import { Recent } from '../../practices/recent.ts';
import { waitingRulesOf } from '../../practices/waiting.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';

/** The practices whose inbox this isolate told a moment ago. */
const recentlyTold = new Recent<true>();

/**
 * The inbox of the practice counts by the settings and hours as they are now: told where they changed, and now and then
 * when somebody comes, which puts right what was not heard. So it never fails.
 */
export async function tellWaiting(
  env: Env,
  practiceId: string,
  when: 'always' | 'at times' = 'always',
): Promise<void> {
  const now = Date.now();
  if (when === 'at times' && recentlyTold.find(practiceId, now)) return;
  recentlyTold.keep(practiceId, true, now);
  try {
    await inboxOf(env, practiceId).keepWaitingRules(await waitingRulesOf(env.DB, practiceId));
  } catch (error) {
    console.error('an inbox was not told how to count', { practice: practiceId, error: String(error) });
  }
}

/** For tests, which begin anew within one isolate. */
export function forgetToldWaiting(): void {
  recentlyTold.clear();
}
