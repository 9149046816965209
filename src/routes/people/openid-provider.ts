import * as oauth from 'oauth4webapi';
import { groupsIn, type ProvidedPerson, type SingleSignOn } from '../../domain/people/single-sign-on.ts';
import { type Asking, codeOf, httpOptions } from './openid-discovery.ts';
import type { ProviderFault } from './provider-faults.ts';

/**
 * The way to an OpenID provider and back: OpenID Connect Core 1.0 with the authorization code flow and PKCE, by a
 * library that checks what comes back. Whatever is wrong with an answer is named by one word, never passed on.
 */

export interface Begun {
  address: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** Where the browser goes, and what it has to come back with. */
export async function beginAt(
  server: oauth.AuthorizationServer,
  { clientId, redirectUri }: { clientId: string; redirectUri: string },
): Promise<Begun> {
  const [state, nonce, verifier] = [
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
    oauth.generateRandomCodeVerifier(),
  ];
  const address = new URL(server.authorization_endpoint ?? '');
  const asked = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: scopeFor(server),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  return { address: address.href, state, nonce, verifier };
}

/** Groups come with a scope of that name where a provider has one. */
function scopeFor(server: oauth.AuthorizationServer): string {
  const offered = server.scopes_supported ?? [];
  return ['openid', 'email', 'profile', ...(offered.includes('groups') ? ['groups'] : [])].join(' ');
}

export type Return = { is: 'person'; person: ProvidedPerson } | { is: ProviderFault };

interface Returning {
  server: oauth.AuthorizationServer;
  settings: Pick<SingleSignOn, 'issuer' | 'clientId' | 'groupsClaim' | 'groups'>;
  /** Null for a client that has none: PKCE then does alone. */
  secret: string | null;
  /** What the browser came back with. */
  answer: URLSearchParams;
  begun: Omit<Begun, 'address'> & { redirectUri: string };
}

/** Whom the provider vouches for; its token is checked for issuer, audience, nonce, time, algorithm and signature. */
export async function personBack(returning: Returning, { isLocal }: Asking): Promise<Return> {
  const { server, settings, secret, answer, begun } = returning;
  const client: oauth.Client = { client_id: settings.clientId };
  const http = httpOptions(isLocal);
  let parameters: URLSearchParams;
  try {
    parameters = oauth.validateAuthResponse(server, client, answer, begun.state);
  } catch (error) {
    return { is: codeOf(error) === oauth.AUTHORIZATION_RESPONSE_ERROR ? 'said-no' : 'bad-token' };
  }
  let tokens: Response;
  try {
    tokens = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      clientAuthentication(server, secret),
      parameters,
      begun.redirectUri,
      begun.verifier,
      http,
    );
  } catch {
    return { is: 'unreachable' };
  }
  try {
    const result = await oauth.processAuthorizationCodeResponse(server, client, tokens, {
      expectedNonce: begun.nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, tokens, http);
    const claims = oauth.getValidatedIdTokenClaims(result);
    if (claims === undefined) return { is: 'bad-token' };
    const more = await moreClaims(returning, claims, result.access_token, isLocal);
    return { is: 'person', person: personOf({ ...more, ...claims }, settings) };
  } catch (error) {
    return { is: faultOf(error) };
  }
}

/** Many providers put the e-mail and the groups at a second address only. */
async function moreClaims(
  { server, settings }: Returning,
  claims: oauth.IDToken,
  accessToken: string,
  isLocal: boolean,
): Promise<Record<string, unknown>> {
  const wanted = ['email', ...(settings.groups.length > 0 ? [settings.groupsClaim] : [])];
  const isComplete = wanted.every((name) => claims[name] !== undefined);
  if (isComplete || server.userinfo_endpoint === undefined) return {};
  const client = { client_id: settings.clientId };
  const response = await oauth.userInfoRequest(server, client, accessToken, httpOptions(isLocal));
  return oauth.processUserInfoResponse(server, client, claims.sub, response);
}

function personOf(
  claims: Record<string, unknown>,
  { issuer, groupsClaim }: Returning['settings'],
): ProvidedPerson {
  const text = (value: unknown, most: number) =>
    typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, most) : null;
  const email = text(claims.email, 255)?.toLowerCase() ?? null;
  const { email_verified: isVerified } = claims;
  return {
    issuer,
    subject: String(claims.sub),
    email: email !== null && email.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null,
    // Some send words.
    isEmailVerified:
      isVerified === undefined || isVerified === null ? null : isVerified === true || isVerified === 'true',
    name: text(claims.name, 100) ?? text(claims.preferred_username, 100),
    groups: groupsIn(claims[groupsClaim]),
  };
}

function faultOf(error: unknown): ProviderFault {
  if (!(error instanceof oauth.ResponseBodyError))
    return codeOf(error) === null ? 'unreachable' : 'bad-token';
  return ['invalid_client', 'unauthorized_client'].includes(error.error) ? 'refused-client' : 'refused-code';
}

/** In the body where it may be: what stands in the header is escaped, and not every provider undoes that. */
export function placeOfSecret(server: oauth.AuthorizationServer): 'header' | 'body' {
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_post') ? 'body' : 'header';
}

function clientAuthentication(server: oauth.AuthorizationServer, secret: string | null): oauth.ClientAuth {
  if (secret === null) return oauth.None();
  switch (placeOfSecret(server)) {
    case 'header':
      return oauth.ClientSecretBasic(secret);
    case 'body':
      return oauth.ClientSecretPost(secret);
  }
}
