import type { Screen } from './screen.ts';

/** A text that is not on screen by then counts as not painted: nothing waits for it any longer. */
export const PATIENCE_MS = 5000;

/** How the texts of these benches begin, each with a number of its own. */
const BEGINNING = /^Text \d+:/;

/** Milliseconds since 1970, by the clock that node reads too; null for what was not painted in time. */
export type PaintedAt = (said: string) => Promise<number | null>;

interface Noting {
  paintOf: (text: string, patienceMs: number) => Promise<number | null>;
}

/** From now on the page notes when a text stood in one of these elements, in sight, and that frame was made. */
export async function notePaints({ page }: Screen, places: string): Promise<PaintedAt> {
  await page.evaluate((selector) => {
    const painted = new Map<string, number>();
    const waiting = new Map<string, (at: number) => void>();
    const textIn = ({ textContent }: Element) => /Text \d+:/.exec(textContent ?? '')?.[0] ?? '';
    // Told of after the very frame in which it was drawn, also where the page changes while a frame is being made:
    // another frame asked for from there would come a sixtieth of a second late.
    const inSight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        inSight.unobserve(target);
        const text = textIn(target);
        if (!isIntersecting || painted.has(text)) continue;
        painted.set(text, Date.now());
        waiting.get(text)?.(Date.now());
      }
    });
    const look = () => {
      for (const place of document.querySelectorAll(selector))
        if (!painted.has(textIn(place))) inSight.observe(place);
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    const noting: Noting = {
      paintOf: async (text, patienceMs) =>
        painted.get(text) ??
        new Promise((resolve) => {
          waiting.set(text, resolve);
          setTimeout(() => resolve(null), patienceMs);
        }),
    };
    Object.assign(window, noting);
  }, places);
  return (said) =>
    page.evaluate(([text, patienceMs]) => (window as unknown as Noting).paintOf(text, patienceMs), [
      BEGINNING.exec(said)?.[0] ?? '',
      PATIENCE_MS,
    ] as const);
}
