import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { base64url, bytesOf, type PushKeys } from '../../durable/web-push.ts';
import type { VapidKeys } from '../../src/domain/telling/vapid-keys.ts';

/** A browser and its push service, for tests: keys, and what a browser does to read a push. */

export interface BrowserKeys {
  keys: PushKeys;
  pair: CryptoKeyPair;
}

const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export async function newBrowserKeys(): Promise<BrowserKeys> {
  const pair = (await crypto.subtle.generateKey(ECDH, true, ['deriveBits'])) as CryptoKeyPair;
  const auth = crypto.getRandomValues(new Uint8Array(16));
  return { pair, keys: { p256dh: await publicOf(pair), auth: base64url(auth) } };
}

export async function newVapidKeys(): Promise<VapidKeys> {
  const pair = (await crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])) as CryptoKeyPair;
  const { d = '' } = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JsonWebKey;
  return { publicKey: await publicOf(pair), privateKey: d, subject: 'mailto:it@clinic.example' };
}

/** As the settings of a deployment that can push. */
export async function setVapidKeys(): Promise<void> {
  const vapid = await newVapidKeys();
  Object.assign(env, {
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_SUBJECT: vapid.subject,
  });
}

export function unsetVapidKeys(): void {
  for (const name of ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'])
    Reflect.deleteProperty(env, name);
}

/** The keys of a sender that a standard wrote down. */
export async function ownKeys(publicKey: string, privateKey: string): Promise<CryptoKeyPair> {
  const point = bytesOf(publicKey);
  const [x, y] = [base64url(point.slice(1, 33)), base64url(point.slice(33))];
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: privateKey };
  return {
    publicKey: await crypto.subtle.importKey('raw', point, ECDH, true, []),
    privateKey: await crypto.subtle.importKey('jwk', jwk, ECDH, true, ['deriveBits']),
  };
}

/** What the sender claims about itself, if its signature is good. */
export async function tokenOf(request: Request, vapid: VapidKeys): Promise<unknown> {
  const [, token = '', key] =
    /^vapid t=([^,]+), k=(.+)$/.exec(request.headers.get('Authorization') ?? '') ?? [];
  if (key !== vapid.publicKey) throw new Error('another key');
  const [head = '', claims = '', signature = ''] = token.split('.');
  const imported = await crypto.subtle.importKey('raw', bytesOf(vapid.publicKey), ECDSA, false, ['verify']);
  const isGood = await crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    imported,
    bytesOf(signature),
    new TextEncoder().encode(`${head}.${claims}`),
  );
  if (!isGood) throw new Error('a bad signature');
  return JSON.parse(new TextDecoder().decode(bytesOf(claims)));
}

/** Written from RFC 8291 and not from what encrypts, so that a shared mistake would show. */
export async function decrypted(body: Uint8Array, { keys, pair }: BrowserKeys): Promise<string> {
  const salt = body.slice(0, 16);
  const idLength = body[20] ?? 0;
  const sender = body.slice(21, 21 + idLength);
  const theirs = await crypto.subtle.importKey('raw', sender, ECDH, false, []);
  const algorithm = { name: 'ECDH', public: theirs } as unknown as SubtleCryptoDeriveKeyAlgorithm;
  const shared = new Uint8Array(await crypto.subtle.deriveBits(algorithm, pair.privateKey, 256));
  const utf8 = new TextEncoder();
  const context = [...utf8.encode('WebPush: info\0'), ...bytesOf(keys.p256dh), ...sender, 1];
  const input = await hmac(await hmac(bytesOf(keys.auth), shared), Uint8Array.from(context));
  const pseudoRandom = await hmac(salt, input);
  const expand = (label: string, length: number) =>
    hmac(pseudoRandom, utf8.encode(`Content-Encoding: ${label}\0\u0001`)).then((bytes) =>
      bytes.slice(0, length),
    );
  const key = await crypto.subtle.importKey('raw', await expand('aes128gcm', 16), 'AES-GCM', false, [
    'decrypt',
  ]);
  const iv = await expand('nonce', 12);
  const record = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, body.slice(21 + idLength));
  const padded = new Uint8Array(record);
  return new TextDecoder().decode(padded.slice(0, padded.lastIndexOf(2)));
}

async function hmac(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data));
}

async function publicOf({ publicKey }: CryptoKeyPair): Promise<string> {
  return base64url(new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer));
}

/** Push services, in place of `fetch`: what each browser was told, and what is answered instead of 201. */
export class PushServices {
  readonly told: { endpoint: string; topic: string | null; payload: Record<string, string> }[] = [];
  readonly #browsers = new Map<string, BrowserKeys>();
  readonly #answers: (() => Response | Promise<Response>)[] = [];

  constructor() {
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => this.#fetch(new Request(input, init)));
  }

  async newBrowser(): Promise<{ endpoint: string; keys: PushKeys }> {
    const endpoint = `https://push.example/send/${crypto.randomUUID()}`;
    const browser = await newBrowserKeys();
    this.#browsers.set(endpoint, browser);
    return { endpoint, keys: browser.keys };
  }

  /** The next push is answered so. */
  next(answer: () => Response | Promise<Response>): void {
    this.#answers.push(answer);
  }

  get titles(): (string | undefined)[] {
    return this.told.map(({ payload }) => payload.title);
  }

  async #fetch(request: Request): Promise<Response> {
    const browser = this.#browsers.get(request.url);
    if (browser === undefined) return new Response(null, { status: 410 });
    const answer = this.#answers.shift();
    if (answer !== undefined) return answer();
    const payload = JSON.parse(await decrypted(new Uint8Array(await request.arrayBuffer()), browser));
    this.told.push({ endpoint: request.url, topic: request.headers.get('Topic'), payload });
    return new Response(null, { status: 201 });
  }
}
