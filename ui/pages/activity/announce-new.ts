import { useEffect, useRef } from '../../design/html.ts';
import { announce } from '../../shell/page.ts';

/** Calls come in bursts; a screen reader hears of a burst once. */
const GATHER_MS = 4_000;

export function useNewcomers(): () => void {
  const gathered = useRef({ count: 0, timer: 0 });
  useEffect(() => () => clearTimeout(gathered.current.timer), []);
  return () => {
    const now = gathered.current;
    now.count += 1;
    if (now.count > 1) return;
    now.timer = setTimeout(() => {
      announce(now.count === 1 ? '1 new call' : `${now.count} new calls`);
      now.count = 0;
    }, GATHER_MS);
  };
}
