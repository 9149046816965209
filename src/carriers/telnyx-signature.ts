/** How Telnyx signs its webhooks: Ed25519 over `timestamp|body`. The address is not signed, nor are other headers. */

export const SIGNATURE_HEADER = 'telnyx-signature-ed25519';
/** Epoch seconds. */
export const TIMESTAMP_HEADER = 'telnyx-timestamp';

/** A request older than this is a replay of something overheard. */
const WINDOW_MS = 5 * 60_000;

/** 64 bytes, written the one way that base64 has for them. */
const SIGNATURE = /^[A-Za-z0-9+/]{85}[AQgw]==$/;
/** 32 bytes, likewise. */
const PUBLIC_KEY = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** `publicKey` in base64, as Telnyx's portal shows it; `body` as it came. */
export async function isSigned(
  publicKey: string,
  { headers, body }: { headers: Headers; body: string },
  now: number,
): Promise<boolean> {
  const signature = headers.get(SIGNATURE_HEADER);
  const timestamp = headers.get(TIMESTAMP_HEADER);
  if (signature === null || !SIGNATURE.test(signature)) return false;
  if (timestamp === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > WINDOW_MS) return false;
  const key = await keyOf(publicKey.trim());
  if (key === null) return false;
  const signed = Uint8Array.from(new TextEncoder().encode(`${timestamp}|${body}`));
  return crypto.subtle.verify('Ed25519', key, fromBase64(signature), signed);
}

async function keyOf(publicKey: string): Promise<CryptoKey | null> {
  if (!PUBLIC_KEY.test(publicKey)) {
    console.error(
      'TELNYX_PUBLIC_KEY is not the public key that the Telnyx portal shows: 44 characters, base64',
    );
    return null;
  }
  return crypto.subtle.importKey('raw', fromBase64(publicKey), 'Ed25519', false, ['verify']);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
}
