import * as z from 'zod';
import { HANDSET_MEDIA, MAX_HANDSET_TEXT_LENGTH } from '../domain/handset.ts';
import { Problem } from '../problem.ts';

/** How a simulated phone writes: words, pictures, or both. */

/** Words alone are as short as in any other request. */
const MAX_WORDS = 16 * 1024;

/** Four letters of base64 for three bytes, and some room for all around them. */
export const MAX_HANDSET_TEXT_BYTES = Math.ceil(HANDSET_MEDIA.bytesInAll / 3) * 4 + MAX_WORDS;

const Media = z.object({
  contentType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/, 'Write it as in “image/png”.'),
  data: z
    .string()
    .min(1)
    .transform((base64, context) => {
      const bytes = bytesOf(base64);
      if (bytes === null) context.addIssue({ code: 'custom', message: 'Send it in base64.' });
      if (bytes !== null && bytes.byteLength > HANDSET_MEDIA.bytesEach)
        throw new Problem('too-large', TOO_LARGE);
      return bytes ?? z.NEVER;
    }),
});

const TOO_LARGE = { message: 'A picture may have 1 MB, and all of a text 5 MB. Send smaller ones.' };

export const HandsetText = z
  .object({
    to: z.string().max(40),
    body: z.string().refine(isOfAnySize).max(MAX_HANDSET_TEXT_LENGTH).default(''),
    media: z
      .array(Media)
      .max(HANDSET_MEDIA.count, `At most ${HANDSET_MEDIA.count} in one text.`)
      .default([])
      .transform((media) => media.map(({ contentType, data: bytes }) => ({ contentType, bytes }))),
  })
  .refine(({ body, media }) => body !== '' || media.length > 0, {
    path: ['body'],
    error: 'Write something, or send a picture.',
  })
  .refine(({ media }) => isInAllSmall(media.map(({ bytes }) => bytes.byteLength)));

function isOfAnySize(body: string): boolean {
  if (body.length > MAX_WORDS) throw new Problem('too-large');
  return true;
}

function isInAllSmall(sizes: readonly number[]): boolean {
  if (sizes.reduce((sum, size) => sum + size, 0) > HANDSET_MEDIA.bytesInAll) {
    throw new Problem('too-large', TOO_LARGE);
  }
  return true;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
