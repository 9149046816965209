import type { Env } from '../../env.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';

/** Objects asked at the same time. */
const AT_ONCE = 50;

/**
 * What somebody may do has changed, and is written: their sockets close, and who may go on connects again. A socket
 * that could not be closed ends by itself with the session that it was opened with. `isManager` where they work there as
 * before but in another role: then their browsers are still told while they are away.
 */
export async function recheckSockets(
  env: Env,
  practiceIds: readonly string[],
  staffId: string,
  isManager: boolean | null = null,
): Promise<void> {
  for (let at = 0; at < practiceIds.length; at += AT_ONCE) {
    const told = await Promise.allSettled(
      practiceIds.slice(at, at + AT_ONCE).map((id) => {
        const once = () => inboxOf(env, id).recheck(staffId, isManager);
        // Twice, since an object that was just restarted takes the second call.
        return once().catch(once);
      }),
    );
    for (const one of told) {
      if (one.status === 'rejected')
        console.error('sockets were not closed', { staffId, error: String(one.reason) });
    }
  }
}
