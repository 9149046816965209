const PUBLIC_NAME =
  /^(?!.*\.(?:localhost|local|internal|lan|home|arpa)\.?$)(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+\.?$/;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What browsers name is a few hundred characters long. */
export const MAX_ENDPOINT_LENGTH = 1000;

/**
 * A browser says where it wants to be told, so that anybody could make us ask anything: only https at public names is,
 * and on one's own machine a server on it, for tests.
 */
export function mayPushTo(endpoint: string, isLocal: boolean): boolean {
  if (endpoint.length > MAX_ENDPOINT_LENGTH || !URL.canParse(endpoint)) return false;
  const { protocol, port, hostname, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') return false;
  if (isLocal && protocol === 'http:' && LOOPBACK.has(hostname)) return true;
  return protocol === 'https:' && port === '' && PUBLIC_NAME.test(hostname);
}
