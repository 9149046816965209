/** Where the keyboard goes when the screen changes, after the views have been drawn. */
export function focusSoon(selector: string): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    element?.focus({ preventScroll: false });
  });
}

export const CONVERSATION_TITLE = '#conversation-title';
export const COMPOSER = '#composer-text';
export const SEARCH = '#search';

export function rowSelector(conversationId: string): string {
  return `a[data-conversation-id="${CSS.escape(conversationId)}"]`;
}
