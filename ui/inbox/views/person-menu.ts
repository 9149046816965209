import { html, type VNode } from '../../design/html.ts';
import { menu } from '../../design/parts.ts';
import { PAGES } from '../../shell/pages.ts';
import { goToPage } from '../actions/navigation.ts';
import { signOut } from '../actions/session-actions.ts';
import { keys, shownKey } from '../keyboard.ts';
import type { Session } from '../state/state.ts';

/** What is this person's own, behind their name in the rail. */
export function PersonMenu({ staff: { name, email } }: { staff: Session['staff'] }): VNode {
  const head = html`<p class="menu__head"><strong>${name}</strong><span>${email}</span></p>`;
  const items = [
    { label: PAGES.account.label, icon: 'lock', choose: showAccount },
    { label: 'Keyboard shortcuts', hint: shownKey('help') ?? '', icon: 'keyboard', choose: showShortcuts },
    { label: 'Sign out', icon: 'leave', choose: () => void signOut() },
  ] as const;
  return menu('person-menu', 'Your menu', items, head);
}

function showAccount(): void {
  document.getElementById('rail')?.hidePopover();
  goToPage({ name: 'account' });
}

function showShortcuts(): void {
  document.getElementById('rail')?.hidePopover();
  keys.peek()?.showShortcuts();
}
