/** The composer's text field, which the page draws and this changes the way that typing does. */

export function composerField(): HTMLTextAreaElement | null {
  return document.querySelector<HTMLTextAreaElement>('#composer-text');
}

/** True while a change is ours: it asks for no quick responses. */
let isOurs = false;

export function isOwnChange(): boolean {
  return isOurs;
}

/** As if it had been typed, so that the browser's own undo takes it back. */
export function putText(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  isOurs = true;
  field.focus();
  field.setSelectionRange(start, end);
  // Deprecated, and the only way that keeps what can be undone.
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text, start, end, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  isOurs = false;
}

export function selectRange(field: HTMLTextAreaElement, start: number, end: number): void {
  field.focus();
  field.setSelectionRange(start, end);
}
