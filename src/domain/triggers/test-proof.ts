import { USE_CASES, type UseCase } from './use-case.ts';

/** What the demo deployment says to production: this use case was tried there, and the text arrived. */
export interface TestProof {
  practiceId: string;
  useCase: UseCase;
  /** BCP 47. */
  language: string;
  /** When the text was sent; epoch ms, as all of them. */
  testedAt: number;
  expiresAt: number;
}

export const PROOF_DAYS = 30;
const PREFIX = 'offhook-test-1';
const MAX_LENGTH = 1000;

export type ReadProof =
  | { is: 'valid'; proof: TestProof }
  | { is: 'unreadable' }
  | { is: 'forged' }
  | { is: 'expired' };

/** `offhook-test-1.{payload}.{signature}`, to be pasted: base64url, HMAC-SHA256 over all before the last dot. */
export async function signProof(secret: string, proof: TestProof): Promise<string> {
  const signed = `${PREFIX}.${toBase64Url(bytesOf(JSON.stringify(proof)))}`;
  const mac = await crypto.subtle.sign('HMAC', await keyOf(secret), bytesOf(signed));
  return `${signed}.${toBase64Url(new Uint8Array(mac))}`;
}

export async function readProof(secret: string, pasted: string, now: number): Promise<ReadProof> {
  const text = pasted.replace(/\s+/g, '');
  const [, payload, signature] = /^offhook-test-1\.([\w-]+)\.([\w-]{43})$/.exec(text) ?? [];
  if (text.length > MAX_LENGTH || payload === undefined || signature === undefined)
    return { is: 'unreadable' };
  const signed = bytesOf(`${PREFIX}.${payload}`);
  // Compares in constant time.
  if (!(await crypto.subtle.verify('HMAC', await keyOf(secret), fromBase64Url(signature), signed)))
    return { is: 'forged' };
  const proof = proofFrom(payload);
  if (proof === null) return { is: 'unreadable' };
  return now < proof.expiresAt ? { is: 'valid', proof } : { is: 'expired' };
}

function proofFrom(payload: string): TestProof | null {
  const { practiceId, useCase, language, testedAt, expiresAt } = parsed(payload);
  const known = USE_CASES.find((one) => one === useCase);
  if (known === undefined || typeof practiceId !== 'string' || typeof language !== 'string') return null;
  if (typeof testedAt !== 'number' || typeof expiresAt !== 'number') return null;
  return { practiceId, useCase: known, language, testedAt, expiresAt };
}

function parsed(payload: string): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(fromBase64Url(payload))) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function keyOf(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytesOf(secret), algorithm, false, ['sign', 'verify']);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text));
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}
