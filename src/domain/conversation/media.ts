/** What a text can carry besides words. Carriers take ten at most: https://www.twilio.com/docs/messaging/guides/accepted-mime-types */
export const MAX_MEDIA = 10;

/** Twilio's own limit for all that one text carries, and so for one of them. */
export const MAX_MEDIA_BYTES = 5_000_000;

/** What every browser draws as a picture, and none as a page. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** As staff see it. Where the bytes are is known to the conversation, and never leaves for a browser. */
export interface Media {
  /** As the carrier declared it, in lower case: good enough to name it by, never to serve it by. */
  contentType: string;
}

/** As a carrier tells of it. `reference` is what that carrier's `fetchMedia` takes: an address, or an id. */
export interface CarriedMedia extends Media {
  reference: string;
}

/** Whether it is worth being asked for as a picture. */
export function isPicture({ contentType }: Media): boolean {
  return PICTURE_TYPES.some((type) => type === contentType);
}

/** For a list that has no words of the text to show; empty where it carried nothing. */
export function mediaWords(media: readonly Media[]): string {
  const count = media.length;
  if (count === 0) return '';
  const what = media.every(({ contentType }) => contentType.startsWith('image/')) ? 'picture' : 'attachment';
  return count === 1 ? what.charAt(0).toUpperCase() + what.slice(1) : `${count} ${what}s`;
}

/** `image/JPG; name=x` is a JPEG; what is no type at all is a file of an unknown one. */
export function contentTypeOf(declared: string | null | undefined): string {
  const type = (declared ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'image/jpg' || type === 'image/pjpeg') return 'image/jpeg';
  return /^[a-z]+\/[a-z0-9.+-]{1,80}$/.test(type) ? type : 'application/octet-stream';
}

/**
 * What the bytes are, whatever was declared: the signatures are those of the WHATWG's MIME Sniffing
 * (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern). Null for all that is no picture.
 */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  const start = String.fromCharCode(...bytes.subarray(0, 14));
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  return start.startsWith('RIFF') && start.slice(8) === 'WEBPVP' ? 'image/webp' : null;
}
