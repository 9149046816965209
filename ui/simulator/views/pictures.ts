import {
  HANDSET_MEDIA,
  type HandsetMedia,
  type HandsetMessage,
} from '../../../src/domain/conversation/handset.ts';
import { PICTURE_TYPES } from '../../../src/domain/conversation/media.ts';
import { html, type VNode } from '../../design/html.ts';
import { attach, detach } from '../actions.ts';
import { state } from '../store.ts';
import { pictureCountWords } from '../words.ts';
import { icon } from './icon.ts';

/** What the phone sent while this page was open it can show; of earlier ones it knows how many there were. */
export function sentPictures({ id, mediaCount }: HandsetMessage): VNode | null {
  if (mediaCount === 0) return null;
  const sent = state.value.sentPictures[id];
  if (sent === undefined) {
    return html`<p class="bubble bubble--pictures">${icon('picture')}${pictureCountWords(mediaCount)}</p>`;
  }
  return html`<ul class="sent-pictures" data-count=${Math.min(sent.length, 2)}>
    ${sent.map((one, place) => html`<li key=${place}><img src=${dataAddress(one)} alt=${`Picture ${place + 1} of ${sent.length} that you sent`} /></li>`)}
  </ul>`;
}

/** Above the words that are being written. */
export function attachedPictures(line: string): VNode | null {
  const attached = state.value.attached[line] ?? [];
  if (attached.length === 0) return null;
  return html`<ul class="attached" aria-label="Pictures to send">
    ${attached.map(
      (one, place) => html`<li key=${`${place} ${attached.length}`}>
        <img src=${dataAddress(one)} alt=${`Picture ${place + 1}`} />
        <button type="button" aria-label=${`Remove picture ${place + 1}`} onClick=${() => detach(line, place)}>${icon('close')}</button>
      </li>`,
    )}
  </ul>`;
}

export function pictureButton(line: string): VNode {
  const isFull = (state.value.attached[line] ?? []).length >= HANDSET_MEDIA.count;
  const choose = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    void attach(line, [...(input.files ?? [])]);
    // Else the same file could not be chosen twice.
    input.value = '';
  };
  return html`<label class="composer__attach">
    ${icon('picture')}<span class="visually-hidden">Add a picture</span>
    <input class="visually-hidden" type="file" multiple accept=${PICTURE_TYPES.join(',')} disabled=${isFull} onChange=${choose} />
  </label>`;
}

function dataAddress({ contentType, data }: HandsetMedia): string {
  return `data:${contentType};base64,${data}`;
}
