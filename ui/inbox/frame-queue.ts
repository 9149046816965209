import { batch } from '@preact/signals';
import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';

/** In a tab that is out of sight nothing is drawn; what it tells of must not wait for that. */
const AT_MOST_MS = 250;

/**
 * Frames that come before the next drawing are taken in together, so that a burst of them is drawn once. What a
 * connection begins with is taken in at once: it brings the list.
 */
export function queueFrames(receive: (frame: InboxFrame) => void): (frame: InboxFrame) => void {
  let waiting: InboxFrame[] = [];
  let timer = 0;
  let drawing = 0;

  function takeIn(): void {
    clearTimeout(timer);
    cancelAnimationFrame(drawing);
    const frames = waiting;
    waiting = [];
    batch(() => frames.forEach(receive));
  }

  return (frame) => {
    waiting.push(frame);
    if (frame.type === 'snapshot' || frame.type === 'resumed') {
      takeIn();
    } else if (waiting.length === 1) {
      drawing = requestAnimationFrame(takeIn);
      timer = setTimeout(takeIn, AT_MOST_MS);
    }
  };
}
