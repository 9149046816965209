import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import * as z from 'zod';
import { ATTEMPT_MINUTES, hasCountedOn } from '../../domain/people/passkeys.ts';
import type { NewPasskey, StoredPasskey } from '../../practices/passkeys.ts';
import type { OwnSite } from '../door/own-site.ts';

/** The ceremonies of WebAuthn, by a library that reads and checks what devices send. https://www.w3.org/TR/webauthn-3/ */

/** Fetched into memory when the first passkey is met, since it is a third of the Worker and takes time to start. */
const library = () => import('@simplewebauthn/server');

const TIMEOUT_MS = ATTEMPT_MINUTES * 60_000;
/** EdDSA, ES256 and RS256, of which every device knows one. */
const ALGORITHMS = [-8, -7, -257];

const Base64Url = z
  .string()
  .max(12_000)
  .regex(/^[\w-]+$/, 'send what the browser gave');

const Credential = { id: Base64Url, rawId: Base64Url, type: z.literal('public-key') };

/** What a browser answers when a passkey is made. */
export const MadePasskey = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
});

/** What a browser answers when a passkey is used. */
export const UsedPasskey = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
});

/** Whoever has a passkey for this host names themselves by it: no e-mail is asked for, and none is given away. */
export async function optionsToUse({ host }: OwnSite): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({ rpID: host, userVerification: 'required', timeout: TIMEOUT_MS });
}

export async function optionsToMake(
  { host }: OwnSite,
  person: { userId: string; email: string; name: string; known: { id: string; transports: string[] }[] },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'Offhook',
    rpID: host,
    userID: Uint8Array.from(new TextEncoder().encode(person.userId)),
    userName: person.email,
    userDisplayName: person.name,
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: person.known,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

interface Expected {
  challenge: string;
  origin: string;
}

/** Null where it was made for another challenge or origin, without the person being checked, or is no passkey at all. */
export async function readNewPasskey(
  made: z.output<typeof MadePasskey>,
  { challenge, origin }: Expected,
  name: string,
): Promise<NewPasskey | null> {
  const { verifyRegistrationResponse } = await library();
  const host = new URL(origin).hostname;
  const response = { ...made, clientExtensionResults: {} } as RegistrationResponseJSON;
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null);
  if (!result?.verified) return null;
  const { id, publicKey, counter } = result.registrationInfo.credential;
  return {
    credentialId: id,
    publicKey: base64Url(publicKey),
    counter,
    transports: made.response.transports,
    host,
    name,
  };
}

export type PasskeyUse = { is: 'genuine'; counter: number } | { is: 'refused' } | { is: 'copied' };

export async function checkUse(
  used: z.output<typeof UsedPasskey>,
  { challenge, origin }: Expected,
  passkey: StoredPasskey,
): Promise<PasskeyUse> {
  const { verifyAuthenticationResponse } = await library();
  const response = { ...used, clientExtensionResults: {} } as AuthenticationResponseJSON;
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
    // The count is judged below: the library would throw, and say why only in words.
    credential: { id: passkey.credentialId, publicKey: bytesOf(passkey.publicKey), counter: 0 },
  }).catch(() => null);
  if (!result?.verified) return { is: 'refused' };
  const { newCounter: counter } = result.authenticationInfo;
  return hasCountedOn(passkey.counter, counter) ? { is: 'genuine', counter } : { is: 'copied' };
}

function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}
