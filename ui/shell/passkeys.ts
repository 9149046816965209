import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { type Answer, request } from '../inbox/api.ts';

/** What a browser does with passkeys. Fetched when somebody wants to use or make one. */

/** The device is asked for any passkey that it has for us, and answers who it is. */
export async function showPasskey(): Promise<Answer<AuthenticationResponseJSON>> {
  const begun = await begin<PublicKeyCredentialRequestOptionsJSON>('', { for: 'sign-in' });
  if (!begun.ok) return begun;
  return inWords(() => startAuthentication({ optionsJSON: begun.value.options }));
}

/** For whom: who is signed in, or whoever has a link. */
export async function makePasskey(
  whom:
    | { for: 'account' }
    | { for: 'first-admin' | 'invitation' | 'password-link'; token: string; name: string },
): Promise<Answer<RegistrationResponseJSON>> {
  const begun = await (whom.for === 'account'
    ? begin<PublicKeyCredentialCreationOptionsJSON>('/account')
    : begin<PublicKeyCredentialCreationOptionsJSON>('', whom));
  if (!begun.ok) return begun;
  return inWords(() => startRegistration({ optionsJSON: begun.value.options }));
}

/** Whoever has a link is not signed in: 401 is about the passkey. */
function begin<Options>(path: string, body?: object): Promise<Answer<{ options: Options }>> {
  return request('POST', `/api/passkey-challenges${path}`, body, { isAsking: body !== undefined });
}

async function inWords<Result>(ceremony: () => Promise<Result>): Promise<Answer<Result>> {
  try {
    return { ok: true, value: await ceremony() };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    return { ok: false, status: 0, code: name, message: WORDS[name] ?? FAILED };
  }
}

const FAILED = 'Your browser could not do this. Try again, or sign in another way.';

/** By the names of https://www.w3.org/TR/webauthn-3/; what is not told apart there cannot be here. */
const WORDS: Record<string, string> = {
  NotAllowedError: 'No passkey was used. Try again when you are ready.',
  AbortError: 'No passkey was used. Try again when you are ready.',
  InvalidStateError: 'This device has a passkey for your account already.',
  SecurityError: 'Passkeys work at a host name with https, or at localhost. Open Offhook there.',
  NotSupportedError: 'This device cannot keep passkeys of the kind that is needed.',
};
