import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { carrierOf } from '../../carriers/carrier.ts';
import { type PictureType, pictureTypeOf } from '../../domain/conversation/media.ts';
import { Problem } from '../../problem.ts';
import { auditedReading } from '../audit/audited-reading.ts';
import { accessOf, conversationWithId } from '../conversations/conversation-address.ts';
import { type SignedInEnv, signedIn } from '../people/signed-in.ts';

/**
 * A picture that a caller sent, fetched from the carrier when staff look at it: no copy of it is kept here. Only what
 * is a picture by its own bytes is answered. Not even as a download is anything else: a file from a stranger that
 * somebody opens is how most computers of clinics were broken into, and a browser's picture decoder is not.
 */
export const messageMedia = new Hono<SignedInEnv>();

/**
 * Scrolling back, or enlarging it, asks the carrier no second time; and it is forgotten before an idle session is,
 * so that whoever sits down next at a shared desk does not find it in the browser.
 */
const CACHE_SECONDS = 300;

const EXTENSIONS: Record<PictureType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

messageMedia.get(
  '/api/conversations/:id/messages/:messageId/media/:index',
  signedIn,
  describeRoute({
    summary: 'A picture that a text carried; `index` starts at 0',
    responses: {
      200: { description: 'A JPEG, PNG, GIF or WebP of at most 5 MB.' },
      404: { description: 'Not there, or not yours to see.' },
      410: { description: '`media-gone`: the carrier has deleted it.' },
      413: { description: '`too-large`' },
      422: { description: '`not-a-picture`' },
      502: { description: '`carrier-unreachable`: it can be tried again.' },
    },
  }),
  async (c) => {
    const { id, messageId, index } = c.req.param();
    const conversation = conversationWithId(c.env, id);
    if (conversation === null || !/^\d{1,2}$/.test(index)) throw new Problem('not-found');
    const what = {
      action: 'picture-opened',
      after: { ofText: messageId, picture: Number(index) + 1 },
    } as const;
    const source = await auditedReading(c, conversation, what, async () => {
      const shown = await conversation.mediaSource(accessOf(c.var.session), messageId, Number(index));
      return shown && { shown, practiceId: null };
    });
    const media = await carrierOf(source.carrier).fetchMedia(c.env, source.reference);
    switch (media.outcome) {
      case 'fetched':
        return pictureResponse(media.bytes, Number(index));
      case 'too-large':
        throw new Problem('too-large', {
          message: 'This picture has more than 5 MB. Ask for a smaller one.',
        });
      case 'gone':
        throw new Problem('media-gone');
      case 'unreachable':
        throw new Problem('carrier-unreachable');
    }
  },
);

/** Should a browser be made to open it as a page all the same, nothing in it may run, load, or be somebody's. */
function pictureResponse(bytes: Uint8Array<ArrayBuffer>, index: number): Response {
  const type = pictureTypeOf(bytes);
  if (type === null) throw new Problem('not-a-picture');
  return new Response(bytes, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `inline; filename="picture-${index + 1}.${EXTENSIONS[type]}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': `private, max-age=${CACHE_SECONDS}`,
    },
  });
}
