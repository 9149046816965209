/** Small files that are what they seem to be, or are not. */

/** One red pixel. */
export const PNG = fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
);
/** Their first bytes, which is what a browser, and what we, know them by. */
export const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46);
export const GIF = bytesOf('GIF89a\x01\x00\x01\x00');
export const WEBP = bytesOf('RIFF\x1a\x00\x00\x00WEBPVP8L');

export const HTML = bytesOf('<!doctype html><script>alert(document.cookie)</script>');
export const SVG = bytesOf('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
export const PDF = bytesOf('%PDF-1.7\n');
/** A page behind what only looks like a picture's beginning. */
export const DISGUISED = bytesOf('GIF89<script>alert(1)</script>');

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return bytesOf(atob(text));
}

/** Answers whether it was stopped before it had given out all of its 50 MB. */
export function fiftyMegabytes(): { body: ReadableStream<Uint8Array>; given: () => number } {
  let given = 0;
  const piece = new Uint8Array(1_000_000);
  piece.set(PNG);
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      given += piece.length;
      stream.enqueue(piece.slice());
      if (given >= 50_000_000) stream.close();
    },
  });
  return { body, given: () => given };
}
