import * as oauth from 'oauth4webapi';
import { groupsIn, type ProvidedPerson, type SingleSignOn } from '../domain/single-sign-on.ts';
import { bodyUpTo } from './limited-body.ts';

/**
 * An OpenID provider as this Worker talks to it: OpenID Connect Core 1.0 with the authorization code flow and PKCE, by
 * a library that checks what comes back. Whatever is wrong with an answer is named by one word, never passed on.
 */

/** What can be wrong with a provider, or with what it said. `PROVIDER_FAULTS` has the words. */
export type ProviderFault =
  | 'bad-address'
  | 'unreachable'
  | 'no-discovery'
  | 'other-issuer'
  | 'no-code-flow'
  | 'refused-client'
  | 'refused-code'
  | 'bad-token'
  | 'said-no';

export const PROVIDER_FAULTS: Record<ProviderFault, string> = {
  'bad-address':
    'The issuer has to be an https address at a public name, such as https://login.clinic.example.',
  unreachable:
    'The provider did not answer in time. Check the address, and whether it can be reached from outside.',
  'no-discovery':
    'There is no OpenID discovery document at this issuer. Copy the issuer from the provider again, without /.well-known.',
  'other-issuer':
    'The provider calls itself by another issuer. Copy it exactly as its discovery document has it.',
  'no-code-flow':
    'The provider does not offer what is needed: the authorization code flow, a token address and its keys.',
  'refused-client': 'The provider does not accept our client id and secret. Check both.',
  'refused-code': 'The provider did not take the code back that it gave. Start again.',
  'bad-token': 'What the provider said about you could not be verified, so it was not believed. Start again.',
  'said-no': 'The provider did not sign you in.',
};

export type Discovery = { is: 'found'; server: oauth.AuthorizationServer } | { is: ProviderFault };

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 512 * 1024;
const DISCOVERY_KEPT_MS = 5 * 60_000;
/** No signature at all, and those made with a secret that we would share, prove nothing. */
const UNPROVEN = /^(none|HS\d+)$/i;

/** With it come the provider's keys, which the library keeps beside it. */
const known = new Map<string, { server: oauth.AuthorizationServer; at: number }>();

export interface Asking {
  /** A provider on this machine may be asked without TLS; elsewhere it never is. */
  isLocal: boolean;
  now: number;
}

/** `isFresh`: asks even if the answer is known. */
export async function discover(issuer: string, asking: Asking, isFresh = false): Promise<Discovery> {
  const url = issuerUrl(issuer, asking.isLocal);
  if (url === null) return { is: 'bad-address' };
  const before = known.get(url.href);
  if (before !== undefined && !isFresh && asking.now - before.at < DISCOVERY_KEPT_MS)
    return { is: 'found', server: before.server };
  try {
    const response = await oauth.discoveryRequest(url, { algorithm: 'oidc', ...options(asking.isLocal) });
    if (response.status >= 500) return { is: 'unreachable' };
    const found = await oauth.processDiscoveryResponse(url, response);
    const algorithms = found.id_token_signing_alg_values_supported ?? ['RS256'];
    const server = {
      ...found,
      id_token_signing_alg_values_supported: algorithms.filter((one) => !UNPROVEN.test(one)),
    };
    if (!hasWhatIsNeeded(server)) return { is: 'no-code-flow' };
    known.set(url.href, { server, at: asking.now });
    return { is: 'found', server };
  } catch (error) {
    const code = codeOf(error);
    if (code === oauth.JSON_ATTRIBUTE_COMPARISON) return { is: 'other-issuer' };
    return { is: code === null ? 'unreachable' : 'no-discovery' };
  }
}

function hasWhatIsNeeded(server: oauth.AuthorizationServer): boolean {
  const flows = server.response_types_supported ?? ['code'];
  return (
    [server.authorization_endpoint, server.token_endpoint, server.jwks_uri].every(
      (one) => one !== undefined,
    ) && flows.includes('code')
  );
}

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
  const http = options(isLocal);
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
  const response = await oauth.userInfoRequest(server, client, accessToken, options(isLocal));
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

function options(isLocal: boolean) {
  return {
    [oauth.allowInsecureRequests]: isLocal,
    [oauth.customFetch]: boundedFetch,
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
  };
}

/** No redirect is followed, and no more is read than a provider has to say. */
async function boundedFetch(
  address: string,
  init: oauth.CustomFetchOptions<string, BodyInit | URLSearchParams | undefined>,
): Promise<Response> {
  const response = await fetch(address, init as RequestInit);
  const { status, headers } = response;
  const body = status === 204 || status === 304 ? null : await bodyUpTo(MAX_ANSWER_BYTES, response);
  return new Response(body, { status, headers });
}

/** The library's errors carry one; what a network does has none. */
function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('OAUTH_') ? code : null;
}

const PUBLIC_NAME =
  /^(?!.*\.(?:localhost|local|internal|lan|home|arpa)\.?$)(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+\.?$/;
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

function issuerUrl(issuer: string, isLocal: boolean): URL | null {
  const url = URL.parse(issuer);
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return null;
  if (url.protocol === 'https:' && PUBLIC_NAME.test(url.hostname)) return url;
  return isLocal && /^https?:$/.test(url.protocol) && LOCAL_NAMES.has(url.hostname) ? url : null;
}
