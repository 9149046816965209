import { isPassing } from '../state/unsent-stage.ts';

const FIRST_MS = 1_000;
const MOST_MS = 30_000;

/**
 * For a question that is not answered although the connection is there: it is asked again after 1, 2, 4 … 30 s.
 * A connection that comes back asks by itself.
 */
export function againLater(ask: () => void): (status: number | 'answered') => void {
  let failures = 0;
  let timer = 0;
  return (status) => {
    clearTimeout(timer);
    if (status === 'answered' || !isPassing(status)) {
      failures = 0;
      return;
    }
    timer = setTimeout(ask, Math.min(MOST_MS, FIRST_MS * 2 ** failures));
    failures += 1;
  };
}
