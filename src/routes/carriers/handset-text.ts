import * as z from 'zod';
import {
  HANDSET_MEDIA,
  type HandsetMedia,
  MAX_HANDSET_TEXT_LENGTH,
} from '../../domain/conversation/handset.ts';
import { Problem } from '../../problem.ts';

/** How a simulated phone writes: words, pictures, or both. */

/** Words alone are as short as in any other request. */
const MAX_WORDS = 16 * 1024;

/** Four letters of base64 for three bytes, and some room for all around them. */
export const MAX_HANDSET_TEXT_BYTES = Math.ceil(HANDSET_MEDIA.bytesInAll / 3) * 4 + MAX_WORDS;

const Media = z.object({
  contentType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/, 'Write it as in “image/png”.'),
  data: z.string().min(1),
});

export const HandsetText = z
  .object({
    to: z.string().max(40),
    body: z.string().refine(isShortEnough).max(MAX_HANDSET_TEXT_LENGTH).default(''),
    media: z.array(Media).max(HANDSET_MEDIA.count, `At most ${HANDSET_MEDIA.count} in one text.`).default([]),
  })
  .refine(({ body, media }) => body !== '' || media.length > 0, {
    path: ['body'],
    error: 'Write something, or send a picture.',
  });

function isShortEnough(body: string): boolean {
  if (body.length > MAX_WORDS) throw new Problem('too-large');
  return true;
}

/** What was sent along, in bytes. */
export function decoded(
  media: readonly HandsetMedia[],
): { contentType: string; bytes: Uint8Array<ArrayBuffer> }[] {
  const found = media.map(({ contentType, data }) => ({ contentType, bytes: bytesOf(data) }));
  const sizes = found.map(({ bytes }) => bytes.byteLength);
  const inAll = sizes.reduce((sum, size) => sum + size, 0);
  if (Math.max(0, ...sizes) > HANDSET_MEDIA.bytesEach || inAll > HANDSET_MEDIA.bytesInAll) {
    throw new Problem('too-large', {
      message: 'A picture may have 1 MB, and all of a text 5 MB. Send smaller ones.',
    });
  }
  return found;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Problem('invalid-request', { message: 'Check “media.data”: send it in base64.' });
  }
}
