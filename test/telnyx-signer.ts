import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../src/carriers/telnyx-signature.ts';

/** What precedes the 32 bytes of an Ed25519 private key in PKCS #8. */
const PKCS8 = fromHex('302e020100300506032b657004220420');

/** Signs as Telnyx does. */
export class TelnyxSigner {
  /** Base64, as the portal shows it. */
  readonly publicKey: string;
  readonly #key: CryptoKey;

  private constructor(publicKey: string, key: CryptoKey) {
    this.publicKey = publicKey;
    this.#key = key;
  }

  static async withNewKey(): Promise<TelnyxSigner> {
    const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
    const raw = (await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer;
    return new TelnyxSigner(toBase64(new Uint8Array(raw)), pair.privateKey);
  }

  static async withKey(secretHex: string, publicHex: string): Promise<TelnyxSigner> {
    const pkcs8 = new Uint8Array([...PKCS8, ...fromHex(secretHex)]);
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
    return new TelnyxSigner(toBase64(fromHex(publicHex)), key);
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.sign('Ed25519', this.#key, Uint8Array.from(bytes)));
  }

  async headers(body: string, at: number): Promise<Headers> {
    const timestamp = String(Math.floor(at / 1000));
    const signature = await this.sign(new TextEncoder().encode(`${timestamp}|${body}`));
    return new Headers({ [SIGNATURE_HEADER]: toBase64(signature), [TIMESTAMP_HEADER]: timestamp });
  }
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
