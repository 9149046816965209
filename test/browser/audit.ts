import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SCHEMES = ['light', 'dark'] as const;
/** All that axe has to say about colours; in the other scheme nothing else is another. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
/** A page that is zoomed to 400 % on a small laptop (WCAG 2.2, 1.4.10). */
const NARROWEST = { width: 320, height: 640 } as const;

/** Before its first page. This way the script is there in spite of the page's own strict policy. */
export async function prepareAudit(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: AXE });
}

/** What is wrong with the page as it stands, in light and dark, wide and narrow; empty where nothing is. */
export async function audit(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  // Behind another page of its window it would be given a frame a second.
  await page.bringToFront();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const found = await violations(page, colorScheme === 'light' ? null : OF_COLOURS);
      wrong.push(...found.map((violation) => `${colorScheme}, ${size.width}: ${violation}`));
    }
  }
  for (const size of [SIZES[1], NARROWEST]) {
    await page.setViewportSize(size);
    wrong.push(...(await overflow(page)).map((what) => `${size.width}: ${what}`));
  }
  await page.setViewportSize(SIZES[0]);
  return wrong;
}

/** Only what is wrong leaves the page: all that axe has to say takes longer to hand over than to find. */
function violations(page: Page, rules: readonly string[] | null): Promise<string[]> {
  return page.evaluate(async (runOnly) => {
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const results = await axe.run({
      resultTypes: ['violations'],
      // Else it reads all style sheets, for a rule that is not among these.
      preload: { assets: ['media'] },
      ...(runOnly === null ? {} : { runOnly }),
    });
    return results.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary}`),
    );
  }, rules);
}

/** Anything that has to be scrolled to sideways, or that somebody should press and cannot reach. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`] : [];
    const cut = [...document.querySelectorAll('a, button, input, textarea')].filter((control) => {
      const { left, right, width } = control.getBoundingClientRect();
      const isShown =
        width > 1 && control.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      return isShown && (left < -1 || right > clientWidth + 1);
    });
    return [...wide, ...cut.map(({ outerHTML }) => `is cut off: ${outerHTML.slice(0, 200)}`)];
  });
}
