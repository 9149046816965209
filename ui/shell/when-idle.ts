/** A browser that is never idle must not put off for ever what is asked for here. */
const AT_LATEST_MS = 1_000;
/** Safari has no idle callbacks. */
const SOON_MS = 50;

/** Does it when what was pressed is on screen and nothing else waits. What is returned calls it off. */
export function whenIdle(act: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(act, SOON_MS);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(act, { timeout: AT_LATEST_MS });
  return () => cancelIdleCallback(asked);
}
