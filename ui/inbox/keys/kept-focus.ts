import { CONVERSATION_TITLE, LIST_TITLE, PAGE_TITLE } from '../focus.ts';

/** Where the keyboard may be lost, and where it goes then: the nearest title or row that is there. */
const PLACES: readonly (readonly [within: string, to: readonly string[]])[] = [
  ['.list-pane', ['#list .row[tabindex="0"]', LIST_TITLE]],
  ['.conversation', [CONVERSATION_TITLE, LIST_TITLE]],
  ['#page', [PAGE_TITLE]],
  ['body', [CONVERSATION_TITLE, '#list .row[tabindex="0"]', LIST_TITLE, PAGE_TITLE]],
];

/** What takes a control away without removing it. */
const HIDING = ['hidden', 'disabled', 'open'];

/**
 * What has the keyboard may go at any time: a row that a colleague marked done, a notice that has been there long
 * enough, a button that changed its name. Browsers then begin at the top of the page again; this does not.
 */
export function keepFocus(root: HTMLElement): void {
  let last: Element | null = null;
  let places: readonly string[] = [];
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    last = target;
    places = PLACES.find(([within]) => target.closest(within) !== null)?.[1] ?? [];
    makeRoom();
  });
  const keep = () => {
    makeRoom();
    if (document.activeElement !== document.body || last === null || canHaveFocus(last)) return;
    const next = places.map(find).find((one) => one !== null);
    next?.focus({ preventScroll: true });
  };
  new MutationObserver(keep).observe(root, { childList: true, subtree: true, attributeFilter: HIDING });
}

function canHaveFocus(element: Element): boolean {
  return (
    element.isConnected && element.checkVisibility() && !element.matches(':disabled, dialog:not([open]) *')
  );
}

function find(selector: string): HTMLElement | null {
  const found = [...document.querySelectorAll<HTMLElement>(selector)];
  return found.find((one) => one.checkVisibility()) ?? null;
}

/** What was just said gives way to what has the keyboard (WCAG 2.4.11). */
function makeRoom(): void {
  const notice = document.querySelector<HTMLElement>('.notice');
  const focused = document.activeElement;
  if (notice === null || focused === null || focused === document.body || notice.contains(focused)) return;
  const [over, under] = [notice.getBoundingClientRect(), focused.getBoundingClientRect()];
  const isOver =
    over.left < under.right && under.left < over.right && over.top < under.bottom && under.top < over.bottom;
  if (isOver && under.height < over.height * 2) notice.toggleAttribute('data-aside');
}
