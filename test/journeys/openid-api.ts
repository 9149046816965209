import { vi } from 'vitest';

export const ISSUER = 'https://login.clinic.example';
export const CLIENT_ID = 'offhook-at-clinic';

type Claims = Record<string, unknown>;

/** What a forger changes about a token. */
export interface Forgery {
  claims?: (claims: Claims) => Claims;
  header?: Claims;
  /** Signs with a key that the provider does not have; or with none. */
  signature?: 'other-key' | 'none' | 'shared-secret' | 'cut-off';
}

let keys: Promise<[CryptoKeyPair, CryptoKeyPair]> | null = null;

/**
 * An OpenID provider at `ISSUER`, whose answers a test can forge. A real one, of another maker, is asked in
 * test/served/single-sign-on.test.ts. https://openid.net/specs/openid-connect-core-1_0.html
 */
export class OpenIdApi {
  claims: Claims = {
    sub: 'ana-at-clinic',
    email: 'staff@lakeside.example',
    email_verified: true,
    name: 'Ana Reyes',
  };
  /** Only at the second address, as many providers have it. */
  userInfo: Claims | null = null;
  forgery: Forgery = {};
  /** Instead of the ordinary answer, by path. */
  readonly instead = new Map<string, () => Response | Promise<Response>>();
  readonly asked: Request[] = [];
  readonly #keys: CryptoKeyPair;
  readonly #others: CryptoKeyPair;

  private constructor(keys: CryptoKeyPair, others: CryptoKeyPair) {
    this.#keys = keys;
    this.#others = others;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      init?.signal?.throwIfAborted();
      return this.#answer(new Request(input as string, init));
    });
  }

  /** With the keys that it had before: Offhook knows them for a while. */
  static async start(): Promise<OpenIdApi> {
    keys ??= Promise.all([newKeys(), newKeys()]);
    return new OpenIdApi(...(await keys));
  }

  /** The browser is sent here, signs in, and is sent back to this address. */
  async signIn(address: string): Promise<{ url: URL; asked: URLSearchParams }> {
    const asked = new URL(address).searchParams;
    this.#nonce = asked.get('nonce') ?? '';
    this.#challenge = asked.get('code_challenge') ?? '';
    const url = new URL(asked.get('redirect_uri') ?? '');
    url.search = String(
      new URLSearchParams({ code: 'code-1', state: asked.get('state') ?? '', iss: ISSUER }),
    );
    return { url, asked };
  }

  #nonce = '';
  #challenge = '';

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.origin !== ISSUER) throw new Error(`nobody is at ${url.origin}`);
    if (request.redirect !== 'manual') throw new Error('a redirect would carry the secret along');
    this.asked.push(request.clone());
    const instead = this.instead.get(url.pathname);
    if (instead !== undefined) return instead();
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return Response.json(discovery());
      case '/keys':
        return Response.json({ keys: [await publicKey(this.#keys)] });
      case '/token':
        return this.#token(await request.formData());
      case '/userinfo':
        return Response.json(this.userInfo ?? { sub: this.claims.sub });
      default:
        return new Response(null, { status: 404 });
    }
  }

  async #token(sent: FormData): Promise<Response> {
    const verifier = String(sent.get('code_verifier'));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    if (sent.get('code') !== 'code-1' || base64Url(new Uint8Array(digest)) !== this.#challenge)
      return Response.json({ error: 'invalid_grant' }, { status: 400 });
    return Response.json({ access_token: 'at', token_type: 'Bearer', id_token: await this.#idToken() });
  }

  async #idToken(): Promise<string> {
    const seconds = Math.floor(Date.now() / 1000);
    const standard = { iss: ISSUER, aud: CLIENT_ID, nonce: this.#nonce, iat: seconds, exp: seconds + 300 };
    const { claims = (it: Claims) => it, header = {}, signature } = this.forgery;
    const text = [{ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header }, claims({ ...standard, ...this.claims })]
      .map((part) => base64Url(new TextEncoder().encode(JSON.stringify(part))))
      .join('.');
    if (signature === 'none') return `${text}.`;
    if (signature === 'shared-secret') return `${text}.${base64Url(await withSecret(text))}`;
    const keys = signature === 'other-key' ? this.#others : this.#keys;
    const signed = await crypto.subtle.sign(
      'RSASSA-PKCS1-v1_5',
      keys.privateKey,
      new TextEncoder().encode(text),
    );
    const whole = base64Url(new Uint8Array(signed));
    return `${text}.${signature === 'cut-off' ? whole.slice(0, -8) : whole}`;
  }
}

export function discovery(changes: Claims = {}): Claims {
  return {
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/authorize`,
    token_endpoint: `${ISSUER}/token`,
    jwks_uri: `${ISSUER}/keys`,
    userinfo_endpoint: `${ISSUER}/userinfo`,
    response_types_supported: ['code'],
    // As a careless provider has it: what proves nothing is not taken all the same.
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    scopes_supported: ['openid', 'email', 'profile', 'groups'],
    authorization_response_iss_parameter_supported: true,
    ...changes,
  };
}

async function newKeys(): Promise<CryptoKeyPair> {
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const size = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  return (await crypto.subtle.generateKey({ ...rsa, ...size }, true, ['sign', 'verify'])) as CryptoKeyPair;
}

async function publicKey(keys: CryptoKeyPair): Promise<JsonWebKey> {
  const { kty, n, e } = (await crypto.subtle.exportKey('jwk', keys.publicKey)) as JsonWebKey;
  return { kty, n, e, kid: 'k1', use: 'sig', alg: 'RS256' } as JsonWebKey;
}

async function withSecret(text: string): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode('the-secret'),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)));
}

function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
