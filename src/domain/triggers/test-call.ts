import { type Activity, REFUSALS } from '../activity/activity.ts';

/** Begins the id of every call that the test bench makes up, so that it can be told from one of a phone system. */
export const TEST_CALL = 'test-';

/** Whether a phone system told of a call, in a way that could be understood. */
export function isCallOfPhoneSystem({ outcome, isDryRun, request }: Activity): boolean {
  const isRefused = REFUSALS.some((refusal) => refusal === outcome);
  return !isRefused && !isDryRun && !request.body.includes(`"call_id":"${TEST_CALL}`);
}
