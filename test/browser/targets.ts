import type { Page } from 'playwright-core';

/** On touch, everything that is pressed is at least so large; WCAG 2.2 asks for 24. */
const FINGER_PX = 44;

/** What is on screen, can be pressed, and is smaller than a finger needs; links within a text are as the text is. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((size) => {
    const layer = document.querySelector('dialog[open], [popover]:popover-open') ?? document.body;
    const controls = layer.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [role=option]',
    );
    const reach = size / 2 - 1;

    const takes = (control: HTMLElement, x: number, y: number): boolean => {
      // What is scrolled to the edge is looked at as far as it is there.
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return true;
      const there = document.elementFromPoint(x, y);
      // What was just said lies over it for a moment.
      if (there?.closest('.notice')) return true;
      const label = control.closest('label') ?? (control as HTMLInputElement).labels?.[0];
      return there !== null && (control.contains(there) || label?.contains(there) === true);
    };
    const isPressed = (control: HTMLElement): boolean =>
      control.checkVisibility({ visibilityProperty: true }) &&
      control.closest('.bubble, .skip-link, .visually-hidden') === null &&
      control.getBoundingClientRect().width > 1;

    return [...controls].filter(isPressed).flatMap((control) => {
      const { left, top, width, height } = (control.closest('label') ?? control).getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (x < 0 || y < 0 || x > innerWidth || y > innerHeight || !takes(control, x, y)) return [];
      const isLarge =
        takes(control, x, y - reach) &&
        takes(control, x, y + reach) &&
        takes(control, x - reach, y) &&
        takes(control, x + reach, y);
      return isLarge
        ? []
        : [`${Math.round(width)} × ${Math.round(height)}: ${control.outerHTML.slice(0, 160)}`];
    });
  }, FINGER_PX);
}
