/**
 * One push to a browser's push service, as RFC 8291 (encryption), RFC 8188 (aes128gcm) and RFC 8292 (who sends it) say,
 * with nothing but WebCrypto: the `web-push` package needs Node's crypto and https, which this Worker runs without.
 */
import type { VapidKeys } from '../src/domain/telling/vapid-keys.ts';

/** What a browser gives when somebody wants to be told; base64url, as it comes. */
export interface PushKeys {
  p256dh: string;
  auth: string;
}

interface Push {
  endpoint: string;
  keys: PushKeys;
  payload: string;
  /** Of those with the same one that nobody has fetched yet, only the newest is kept: 32 characters of base64url. */
  topic: string;
  ttlSeconds: number;
}

const JWT_SECONDS = 12 * 3600;
const RECORD_SIZE = 4096;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** The request that makes it; throws where a key is none. */
export async function pushRequest(push: Push, vapid: VapidKeys, now: number): Promise<Request> {
  const token = await vapidToken(new URL(push.endpoint).origin, vapid, now);
  return new Request(push.endpoint, {
    method: 'POST',
    // A push service that sends elsewhere is none that a browser named.
    redirect: 'manual',
    headers: {
      Authorization: `vapid t=${token}, k=${vapid.publicKey}`,
      'Content-Encoding': 'aes128gcm',
      'Content-Type': 'application/octet-stream',
      TTL: String(push.ttlSeconds),
      Topic: push.topic,
      Urgency: 'high',
    },
    body: await encrypt(new TextEncoder().encode(push.payload), push.keys),
  });
}

/** `made` is fresh for each push; only a test knows it before. */
export async function encrypt(
  payload: Uint8Array,
  keys: PushKeys,
  made: { salt: Uint8Array; own: CryptoKeyPair } | null = null,
): Promise<Uint8Array> {
  const salt = made?.salt ?? crypto.getRandomValues(new Uint8Array(16));
  const own = made?.own ?? ((await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])) as CryptoKeyPair);
  const [theirs, ours] = [bytesOf(keys.p256dh), await rawKey(own.publicKey)];
  const their = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits(sharedWith(their), own.privateKey, 256);
  const info = joined(text('WebPush: info\0'), theirs, ours);
  const secret = await derived(new Uint8Array(shared), bytesOf(keys.auth), info, 32);
  const contentKey = await derived(secret, salt, text('Content-Encoding: aes128gcm\0'), 16);
  const nonce = await derived(secret, salt, text('Content-Encoding: nonce\0'), 12);
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt']);
  // 2 ends the last record, which is also the first.
  const record = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, joined(payload, [2]));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, RECORD_SIZE);
  return joined(salt, size, [ours.length], ours, new Uint8Array(record));
}

async function vapidToken(audience: string, vapid: VapidKeys, now: number): Promise<string> {
  const point = bytesOf(vapid.publicKey);
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: base64url(point.slice(1, 33)),
    y: base64url(point.slice(33, 65)),
    d: vapid.privateKey,
  };
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ]);
  const claims = { aud: audience, exp: Math.floor(now / 1000) + JWT_SECONDS, sub: vapid.subject };
  const parts = [{ typ: 'JWT', alg: 'ES256' }, claims].map((part) => base64url(text(JSON.stringify(part))));
  const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, text(parts.join('.')));
  return [...parts, base64url(new Uint8Array(signed))].join('.');
}

async function derived(
  secret: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, length * 8),
  );
}

/** The types of the runtime call it `$public`, since `public` is a word of its language; WebCrypto does not. */
function sharedWith(key: CryptoKey): SubtleCryptoDeriveKeyAlgorithm {
  return { name: 'ECDH', public: key } as unknown as SubtleCryptoDeriveKeyAlgorithm;
}

async function rawKey(key: CryptoKey): Promise<Uint8Array> {
  return new Uint8Array((await crypto.subtle.exportKey('raw', key)) as ArrayBuffer);
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (byte) =>
    byte.charCodeAt(0),
  );
}

export function base64url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function joined(...parts: (Uint8Array | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
