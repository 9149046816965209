import { computed, effect } from '@preact/signals';
import { counts, session } from '../store.ts';

const waiting = computed(() => (session.value === null ? 0 : (counts.value?.['needs-reply'] ?? 0)));
/** More would not be legible. */
const drawn = computed(() => Math.min(99, waiting.value));

/**
 * The same number as in the rail and in the title: all that need a reply, so that two people see the same. Only when it
 * is another one: the browser draws an icon that is set anew, whatever is in it.
 */
export function followCount(): void {
  effect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon !== null) icon.href = drawn.value === 0 ? '/favicon.svg' : iconWith(String(drawn.value));
  });
  // On the icon of the installed app.
  effect(() => {
    const done = waiting.value === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(waiting.value);
    done?.catch(() => undefined);
  });
}

function iconWith(label: string): string {
  const size = label.length > 1 ? 15 : 17;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b6b72"/><path d="M8.2 7.4h15.6c1.2 0 2.2 1 2.2 2.2v9.2c0 1.2-1 2.2-2.2 2.2H16l-5.2 4.4c-.5.4-1.2.1-1.2-.6V21H8.2C7 21 6 20 6 18.8V9.6c0-1.2 1-2.2 2.2-2.2Z" fill="#fff"/><circle cx="22" cy="22" r="10" fill="#b3261e" stroke="#fff" stroke-width="1.5"/><text x="22" y="${22 + size * 0.36}" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${size}" fill="#fff">${label}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
