/** No script takes longer than somebody waits for a menu. */
const WAIT_MS = 5_000;

/** A menu that was asked for before its script had come opens as soon as it is there. */
export function followEarlyClicks(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[popovertarget]') : null;
    const id = button?.getAttribute('popovertarget') ?? '';
    if (id === '' || document.getElementById(id) !== null) return;
    const watch = new MutationObserver(() => {
      const menu = document.getElementById(id);
      if (menu === null) return;
      watch.disconnect();
      if (!menu.matches(':popover-open')) menu.showPopover();
    });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), WAIT_MS);
  });
}
