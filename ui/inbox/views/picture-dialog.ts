import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { closePicture, openPicture } from '../actions/picture-actions.ts';
import { pictureAddress, picturesOf } from '../pictures.ts';
import { conversationId, largePicture, opened } from '../store.ts';

/** One picture as large as the window, with the others of its text a key away. */
export function PictureDialog(): VNode {
  const asked = largePicture.value;
  const message = opened.value?.messages.find(({ id }) => id === asked?.messageId);
  const pictures = message === undefined ? [] : picturesOf(message);
  const place = pictures.findIndex(({ index }) => index === asked?.index);
  const picture = pictures[place];
  const dialog = useDialog(picture !== undefined);

  function show(by: 1 | -1): void {
    const next = pictures[place + by];
    if (message !== undefined && next !== undefined) openPicture(message.id, next.index);
  }

  function onKey({ key }: KeyboardEvent): void {
    if (key === 'ArrowLeft') show(-1);
    if (key === 'ArrowRight') show(1);
  }

  /** Around the picture there is nothing but the dialog itself. */
  function onClick({ target, currentTarget }: MouseEvent): void {
    if (target === currentTarget) closePicture();
  }

  function step(by: 1 | -1): VNode | null {
    if (pictures.length < 2) return null;
    const label = by === 1 ? 'Next picture' : 'Previous picture';
    return html`<button type="button" class="icon-button large-picture__step" data-by=${by} aria-label=${label} aria-disabled=${String(pictures[place + by] === undefined)} onClick=${() => show(by)}>${icon('back')}</button>`;
  }

  return html`<dialog ref=${dialog} class="large-picture" aria-label=${picture?.alt ?? 'Picture'} onClose=${closePicture} onClick=${onClick} onKeyDown=${onKey}>
    ${
      picture === undefined || message === undefined
        ? null
        : html`
          <img key=${picture.index} src=${pictureAddress(conversationId.value ?? '', message.id, picture.index)} alt=${picture.alt} />
          <button type="button" class="icon-button large-picture__close" aria-label="Close" autofocus onClick=${closePicture}>${icon('close')}</button>
          ${step(-1)} ${step(1)}
          ${pictures.length < 2 ? null : html`<p class="large-picture__place" aria-live="polite">${place + 1} of ${pictures.length}</p>`}
        `
    }
  </dialog>`;
}
