/** What a phone does to a picture before it sends it: small enough for the network, and of a kind that all others know. */
import { HANDSET_MEDIA, type HandsetMedia } from '../../src/domain/conversation/handset.ts';
import { PICTURE_TYPES } from '../../src/domain/conversation/media.ts';

/** So that as many as one text takes always fit into it. */
const MAX_BYTES = HANDSET_MEDIA.bytesInAll / HANDSET_MEDIA.count;

/** Longest side in pixels, and quality; the next one where that was not enough. */
const STEPS = [
  [1600, 0.8],
  [1200, 0.7],
  [800, 0.6],
] as const;

/** Null for what the browser cannot draw, or what stays too large. */
export async function shrunk(file: File): Promise<HandsetMedia | null> {
  try {
    const isFit = file.size <= MAX_BYTES && PICTURE_TYPES.some((type) => type === file.type);
    const picture = isFit ? file : await redrawn(file);
    return picture && { contentType: picture.type, data: await base64Of(picture) };
  } catch {
    return null;
  }
}

async function redrawn(file: File): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file);
  for (const [side, quality] of STEPS) {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    );
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= MAX_BYTES) return blob;
  }
  return null;
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
