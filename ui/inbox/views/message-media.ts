import { useSignal } from '@preact/signals';
import { isPicture } from '../../../src/domain/conversation/media.ts';
import type { Message } from '../../../src/domain/conversation/message.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { openPicture, type PictureTrouble, pictureTrouble } from '../actions/picture-actions.ts';
import { fileWords, type Picture, pictureAddress, picturesOf } from '../pictures.ts';

interface Shown {
  message: Message;
  conversationId: string;
}

/** `asking`: it did not come, and why is not known yet. Of a picture under way nothing is kept. */
type Load = { is: 'ready' | 'asking' } | ({ is: 'failed' } & PictureTrouble);

/** Pictures in boxes whose size does not depend on what is in them, so that nothing moves when they come. */
export function MessageMedia({ message, conversationId }: Shown): VNode {
  const loads = useSignal<ReadonlyMap<number, Load>>(new Map());
  const pictures = picturesOf(message);
  const files = message.media.filter((one) => !isPicture(one));

  function became(index: number, load: Load | null): void {
    const next = new Map(loads.peek());
    if (load === null) next.delete(index);
    else next.set(index, load);
    loads.value = next;
  }

  async function askWhy(index: number): Promise<void> {
    became(index, { is: 'asking' });
    const trouble = await pictureTrouble(pictureAddress(conversationId, message.id, index));
    became(index, trouble && { is: 'failed', ...trouble });
  }

  function tryAgain(): void {
    loads.value = new Map([...loads.peek()].filter(([, load]) => load.is !== 'failed' || !load.canRetry));
  }

  function box({ index, alt }: Picture): VNode {
    const load = loads.value.get(index)?.is;
    if (load === 'failed') {
      return html`<div class="picture picture--missing" role="img" aria-label=${`${alt}, not loaded`}>${icon('alert')}<span>Not loaded</span></div>`;
    }
    if (load === 'asking') return html`<div class="picture" data-ready="false"></div>`;
    return html`<button type="button" class="picture" data-ready=${String(load === 'ready')} onClick=${() => openPicture(message.id, index)}>
      <img
        src=${pictureAddress(conversationId, message.id, index)}
        alt=${alt}
        loading="lazy"
        decoding="async"
        onLoad=${() => became(index, { is: 'ready' })}
        onError=${() => void askWhy(index)}
      />
    </button>`;
  }

  return html`<div class="media">
    ${
      pictures.length === 0
        ? null
        : html`<ul class="pictures" data-count=${Math.min(pictures.length, 5)}>${pictures.map((picture) => html`<li key=${picture.index}>${box(picture)}</li>`)}</ul>`
    }
    ${files.map(({ contentType }, index) => html`<p class="file" key=${index}>${icon('file')}<strong>${fileWords(contentType)}</strong><span>Cannot be opened here</span></p>`)}
    ${troubles([...loads.value.values()], tryAgain)}
  </div>`;
}

/** Each said once, however many pictures it is true of. */
function troubles(loads: readonly Load[], tryAgain: () => void): VNode[] {
  const failed = loads.filter((load) => load.is === 'failed');
  const byMessage = new Map(failed.map((trouble) => [trouble.message, trouble]));
  return [...byMessage.values()].map(
    ({ message, canRetry }) => html`<div class="failure" key=${message}>
      <p role="status">${message}</p>
      ${canRetry ? html`<button type="button" class="button button--small" onClick=${tryAgain}>Try again</button>` : null}
    </div>`,
  );
}
