import { useLayoutEffect, useRef } from './html.ts';

/** A native modal dialog that follows a condition; focus returns where it was. */
export function useDialog(isOpen: boolean): { current: HTMLDialogElement | null } {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next frame, in which the keyboard may be sent somewhere that an open dialog keeps it from.
  useLayoutEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen && dialog.current?.open === true) dialog.current.close();
  }, [isOpen]);
  return dialog;
}
