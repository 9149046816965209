/** A device that makes and uses passkeys as far as a server notices one: ES256, no attestation. */

interface Changes {
  /** Instead of what a device would say. */
  challenge?: string;
  origin?: string;
  host?: string;
  isVerified?: boolean;
  counter?: number;
  type?: string;
}

interface Asked {
  challenge: string;
}

const encoder = new TextEncoder();

export class SoftAuthenticator {
  readonly #origin: string;
  readonly id = bytesToText(crypto.getRandomValues(new Uint8Array(32)));
  #keys: CryptoKeyPair | null = null;
  #counter = 0;
  #userHandle = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  async make(options: Asked & { user: { id: string } }, changes: Changes = {}) {
    this.#keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair;
    this.#userHandle = options.user.id;
    const jwk = (await crypto.subtle.exportKey('jwk', this.#keys.publicKey)) as JsonWebKey;
    const [x, y] = [textToBytes(jwk.x ?? ''), textToBytes(jwk.y ?? '')];
    const id = textToBytes(this.id);
    // {1: 2, 3: -7, -1: 1, -2: x, -3: y}, https://www.rfc-editor.org/rfc/rfc9053
    const key = joined([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32], x, [0x22, 0x58, 32], y);
    const data = joined(
      await this.#data(changes, 0x40),
      new Uint8Array(16),
      [id.length >> 8, id.length & 255],
      id,
      key,
    );
    const attestation = joined(
      [0xa3, 0x63, ...encoder.encode('fmt'), 0x64, ...encoder.encode('none')],
      [0x67, ...encoder.encode('attStmt'), 0xa0, 0x68, ...encoder.encode('authData')],
      [0x58, data.length],
      data,
    );
    return {
      ...this.#head(),
      response: {
        clientDataJSON: bytesToText(this.#client('webauthn.create', options, changes)),
        attestationObject: bytesToText(attestation),
        transports: ['internal'],
      },
    };
  }

  async use(options: Asked, changes: Changes = {}) {
    if (this.#keys === null) throw new Error('make a passkey first');
    const client = this.#client('webauthn.get', options, changes);
    const data = await this.#data(changes, 0);
    const signed = joined(data, new Uint8Array(await crypto.subtle.digest('SHA-256', client)));
    const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, this.#keys.privateKey, signed);
    return {
      ...this.#head(),
      response: {
        clientDataJSON: bytesToText(client),
        authenticatorData: bytesToText(data),
        signature: bytesToText(inDer(new Uint8Array(raw))),
        userHandle: this.#userHandle,
      },
    };
  }

  #head() {
    return { id: this.id, rawId: this.id, type: 'public-key' as const };
  }

  #client(type: string, options: Asked, changes: Changes): Uint8Array<ArrayBuffer> {
    const client = {
      type: changes.type ?? type,
      challenge: changes.challenge ?? options.challenge,
      origin: changes.origin ?? this.#origin,
      crossOrigin: false,
    };
    return Uint8Array.from(encoder.encode(JSON.stringify(client)));
  }

  async #data(changes: Changes, flag: number): Promise<Uint8Array<ArrayBuffer>> {
    const host = changes.host ?? new URL(changes.origin ?? this.#origin).hostname;
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(host)));
    this.#counter = changes.counter ?? this.#counter + 1;
    const counter = new Uint8Array(4);
    new DataView(counter.buffer).setUint32(0, this.#counter);
    return joined(hash, [0x01 | (changes.isVerified === false ? 0 : 0x04) | flag], counter);
  }
}

/** ECDSA as devices write it: two integers, where WebCrypto has two halves. */
function inDer(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (half: Uint8Array): number[] => {
    const bytes = [...half];
    while (bytes.length > 1 && bytes[0] === 0) bytes.shift();
    if ((bytes[0] ?? 0) > 127) bytes.unshift(0);
    return [0x02, bytes.length, ...bytes];
  };
  const both = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))];
  return joined([0x30, both.length, ...both]);
}

function joined(...parts: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function bytesToText(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function textToBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}
