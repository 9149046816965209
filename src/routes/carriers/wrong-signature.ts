import type { Env } from '../../env.ts';
import { lineByNumber } from '../../practices/lines.ts';
import { neverTexted } from '../../practices/never-texted.ts';

/**
 * Tells the managers that a webhook for one of our lines was signed wrongly: with a key that has changed, every
 * text in is lost until somebody notices. Never throws: the request is refused anyhow.
 */
export async function noteWrongSignature(env: Env, carrier: string, number: string | null): Promise<void> {
  try {
    // The numbers are cached together, so that made-up ones cost no query each.
    if (number === null || !(await neverTexted(env.DB)).ownNumbers.has(number)) return;
    const found = await lineByNumber(env.DB, number);
    if (found === null || found.line.carrier !== carrier) return;
    const { id, name } = found.line;
    const inbox = env.INBOX.get(env.INBOX.idFromName(found.practiceId));
    await inbox.raiseAlarm({
      kind: 'signature',
      detail: null,
      line: { id, name },
      carrier: found.line.carrier,
      count: 1,
    });
  } catch (error) {
    console.error('a wrong signature was not noted', { carrier, error: String(error) });
  }
}
