import { carrierOf } from '../carriers/carrier.ts';
import type { CarriedText } from '../carriers/webhooks.ts';
import { CARRIERS } from '../domain/calls/firing.ts';
import type { Env } from '../env.ts';
import { type LineOfPractice, linesOfCarriers } from '../practices/lines.ts';
import { receiveText } from '../routes/carriers/receive-text.ts';

/** How far back texts are asked for: an outage that nobody noticed in six hours is not one of a night. */
const REACH_MS = 6 * 3600_000;
/** A younger text is still on its way by webhook, and was not lost. */
const ON_ITS_WAY_MS = 60_000;
/** As in wrangler.toml. */
const EVERY_MS = 15 * 60_000;
/** No line is begun after that, so that one run ends before the next. */
const RUN_MS = 5 * 60_000;
const LINES_AT_ONCE = 4;

/**
 * Asks carriers for the texts that came in, and hands over those that never reached us. What is known already
 * is found to be a duplicate and writes nothing. Never throws: what fails is tried again by the next run.
 */
export async function recoverTexts(env: Env, now: number): Promise<void> {
  try {
    const askable = CARRIERS.filter((name) => carrierOf(name).receivedTexts !== undefined);
    const lines = await linesOfCarriers(env.DB, askable);
    // Another one is first each time, so that slow ones never leave out the same.
    const first = Math.floor(now / EVERY_MS) % Math.max(1, lines.length);
    const waiting = [...lines.slice(first), ...lines.slice(0, first)];
    const askOneByOne = async () => {
      while (Date.now() - now < RUN_MS) {
        const next = waiting.shift();
        if (next === undefined) return;
        await recoverTextsOf(env, next, now);
      }
    };
    await Promise.all(Array.from({ length: LINES_AT_ONCE }, askOneByOne));
    if (waiting.length > 0) console.error('no time to ask about lines', { left: waiting.length });
  } catch (error) {
    console.error('recovering texts', { error: String(error) });
  }
}

async function recoverTextsOf(env: Env, of: LineOfPractice, now: number): Promise<void> {
  const { id, name, carrier } = of.line;
  try {
    const received = await carrierOf(carrier).receivedTexts?.(env, of.line, now - REACH_MS);
    if (received === undefined) return;
    if (!received.isComplete) console.error('not all texts of a line could be asked for', { line: id });
    const count = await handOver(
      env,
      of,
      received.texts.filter(({ at }) => at < now - ON_ITS_WAY_MS),
    );
    if (count === 0) return;
    const inbox = env.INBOX.get(env.INBOX.idFromName(of.practiceId));
    await inbox.raiseAlarm({ kind: 'recovered', detail: null, line: { id, name }, carrier, count });
  } catch (error) {
    console.error('recovering the texts of a line', { line: id, error: String(error) });
  }
}

/** In the order they were written in, since a STOP and a START do not commute. Answers how many were new. */
async function handOver(env: Env, of: LineOfPractice, texts: readonly CarriedText[]): Promise<number> {
  let count = 0;
  for (const text of texts) {
    try {
      const outcome = await receiveText(env, of, text, { isRecovered: true });
      if (outcome === 'received') count += 1;
    } catch (error) {
      console.error('a text could not be recovered', { line: of.line.id, error: String(error) });
    }
  }
  return count;
}
