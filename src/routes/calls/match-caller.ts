import { waitUntil } from 'cloudflare:workers';
import type { CallerMatch } from '../../domain/patients/caller-match.ts';
import type { Env } from '../../env.ts';
import { matchOf } from '../../practices/caller-matches.ts';
import { conversationOf } from '../conversations/conversation-address.ts';

/** A text waits no longer for the directory: the name can come after it. */
const WAIT_MS = 150;
const TRY_AGAIN_MS = [1_000, 5_000];

interface Called {
  practiceId: string;
  lineId: string;
  caller: string;
}

/** How a caller's number is matched while other things are waited for. Never fails, and never takes long. */
export interface Matching {
  /** Null where the directory did not answer in time. */
  inTime: Promise<CallerMatch | null>;
  /** To be called once the conversation has begun: what comes too late is told to it. */
  seeToLate: () => void;
}

/** Begins the one query that a call or a text costs. */
export function matchCaller(env: Env, called: Called): Matching {
  let isLate = false;
  const asked = matchOf(env.DB, called.practiceId, called.caller).catch(() => null);
  const inTime = new Promise<CallerMatch | null>((resolve) => {
    const timer = setTimeout(() => {
      isLate = true;
      resolve(null);
    }, WAIT_MS);
    void asked.then((match) => {
      clearTimeout(timer);
      isLate ||= match === null;
      resolve(match);
    });
  });
  const seeToLate = () => {
    if (isLate) waitUntil(tellLate(env, called, asked));
  };
  return { inTime, seeToLate };
}

async function tellLate(env: Env, called: Called, asked: Promise<CallerMatch | null>): Promise<void> {
  try {
    const match = (await asked) ?? (await askAgain(env, called));
    await conversationOf(env, called.lineId, called.caller).recordMatch(match);
  } catch (error) {
    // The caller stays as they were until the next call, text, or change of the directory.
    console.error('a caller was not matched', { practice: called.practiceId, error: String(error) });
  }
}

async function askAgain(env: Env, { practiceId, caller }: Called): Promise<CallerMatch> {
  for (const wait of TRY_AGAIN_MS) {
    await scheduler.wait(wait);
    const match = await matchOf(env.DB, practiceId, caller).catch(() => null);
    if (match !== null) return match;
  }
  return matchOf(env.DB, practiceId, caller);
}
