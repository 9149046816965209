/** Whether what is known of a caller stands beside the conversation; over it, where there is no room beside. */
import { signal } from '@preact/signals';

const PREFERENCE = 'offhook about the caller';
const BESIDE = matchMedia('(min-width: 75rem)');
/** From here on it takes nothing away from the texts, and is there until somebody puts it away. */
const ROOMY = '(min-width: 100rem)';

export const hasRoomBeside = signal(BESIDE.matches);
BESIDE.addEventListener('change', () => {
  hasRoomBeside.value = BESIDE.matches;
});

/** Kept in this browser. */
const kept = localStorage.getItem(PREFERENCE);
export const isContextBeside = signal(kept === null ? matchMedia(ROOMY).matches : kept === 'on');
export const isContextOver = signal(false);

export function toggleContext(): void {
  if (!hasRoomBeside.peek()) {
    isContextOver.value = !isContextOver.peek();
    return;
  }
  isContextBeside.value = !isContextBeside.peek();
  localStorage.setItem(PREFERENCE, isContextBeside.peek() ? 'on' : 'off');
}
