import * as oauth from 'oauth4webapi';
import { bodyUpTo } from '../door/limited-body.ts';
import type { ProviderFault } from './provider-faults.ts';

/** Which OpenID provider it is, by the document in which it describes itself; and how all of them are asked. */

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
    const response = await oauth.discoveryRequest(url, { algorithm: 'oidc', ...httpOptions(asking.isLocal) });
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

export function httpOptions(isLocal: boolean) {
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
export function codeOf(error: unknown): string | null {
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
