/** How the simulated carrier signs its webhooks: HMAC-SHA256 over `timestamp.path.body`. */

export const SIGNATURE_HEADER = 'simulator-signature';

/** A request older than this is a replay of something overheard. */
const WINDOW_MS = 5 * 60_000;

export interface Signed {
  path: string;
  body: string;
}

/** The header's value, `t=<epoch milliseconds>,v1=<hex>`. */
export async function sign(secret: string, request: Signed, now: number): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await keyOf(secret), signedBytes(request, now));
  return `t=${now},v1=${toHex(new Uint8Array(mac))}`;
}

/** `crypto.subtle.verify` compares in constant time. */
export async function isSigned(
  secret: string,
  request: Signed,
  header: string | null,
  now: number,
): Promise<boolean> {
  const [, timestamp, hex] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (timestamp === undefined || hex === undefined) return false;
  if (Math.abs(now - Number(timestamp)) > WINDOW_MS) return false;
  const signed = signedBytes(request, Number(timestamp));
  return crypto.subtle.verify('HMAC', await keyOf(secret), fromHex(hex), signed);
}

function signedBytes(request: Signed, timestamp: number): Uint8Array<ArrayBuffer> {
  return bytesOf(`${timestamp}.${request.path}.${request.body}`);
}

function keyOf(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytesOf(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
