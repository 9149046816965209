import { html, useLayoutEffect, useRef, type VNode } from '../design/html.ts';
import { pageHead } from '../design/page-head.ts';
import { emptyState, skeleton } from '../design/parts.ts';
import { useFetched } from '../design/use-fetched.ts';
import type { PageAddress } from '../inbox/route.ts';
import type { Practice } from '../inbox/state/state.ts';
import { isNewVersion } from './missing-part.ts';
import type { PageView } from './page.ts';
import { PageBoundary } from './page-boundary.ts';
import type { PageName } from './page-names.ts';
import { PAGES } from './pages.ts';
import { stylesheet } from './stylesheet.ts';

/** What was fetched once is drawn at once the next time. */
const fetched = new Map<PageName, PageView>();

/** Where a page beside the inbox is drawn, after its script and styles have come. */
export function PagePane({ practice, address }: { practice: Practice; address: PageAddress }): VNode {
  const { name } = address;
  const { label, isFor, icon } = PAGES[name];
  const isAllowed = isFor(practice.role);
  const page = useFetched(isAllowed, () => fetchPage(name), fetched.get(name));
  const pane = useKeptTitleFocus();

  if (!isAllowed) {
    return waiting(
      pane,
      label,
      isFor('manager')
        ? emptyState(icon, 'For managers', 'Ask a manager of this practice, or an admin.')
        : emptyState(icon, 'For admins', 'Ask an admin.'),
    );
  }
  if (page.is === 'failed') {
    const again = html`<button type="button" class="button" onClick=${() => location.reload()}>Load again</button>`;
    return waiting(
      pane,
      label,
      emptyState('wifi', 'This page could not be loaded', 'Check the connection, then load it again.', again),
    );
  }
  if (page.is === 'coming') return waiting(pane, label, skeleton(4, 'row', `Loading ${label}`));
  return html`<main class="page" id="page" ref=${pane}>
    <${PageBoundary} title=${label}>
      <${page.View} practice=${practice} path=${address.path} search=${new URLSearchParams(address.search)} />
    <//>
  </main>`;
}

function waiting(ref: { current: HTMLElement | null }, title: string, content: VNode): VNode {
  return html`<main class="page" id="page" ref=${ref}>${pageHead({ title })}<div class="page__body">${content}</div></main>`;
}

/** A page draws its h1 anew when what it shows has come: the keyboard, if it was there, stays there. */
function useKeptTitleFocus(): { current: HTMLElement | null } {
  const pane = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const node = pane.current;
    if (node === null) return;
    let focused: Element | null = null;
    const note = () => {
      focused = document.activeElement;
    };
    const keep = () => {
      if (focused?.id !== 'page-title' || focused.isConnected || document.activeElement !== document.body)
        return;
      node.querySelector<HTMLElement>('#page-title')?.focus({ preventScroll: true });
    };
    node.addEventListener('focusin', note);
    const observer = new MutationObserver(keep);
    observer.observe(node, { childList: true, subtree: true });
    return () => {
      node.removeEventListener('focusin', note);
      observer.disconnect();
    };
  }, []);
  return pane;
}

async function fetchPage(name: PageName): Promise<PageView> {
  const parts = Promise.all([
    PAGES[name].load(),
    stylesheet('/assets/pages.css'),
    stylesheet(`/assets/pages/${name}.css`),
  ]);
  parts.catch(isNewVersion);
  const [{ Page }] = await parts;
  fetched.set(name, Page);
  return Page;
}
