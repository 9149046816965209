/** How Twilio signs its webhooks: base64 HMAC-SHA1 over the address that it called and all parameters of the form. */

export const SIGNATURE_HEADER = 'X-Twilio-Signature';

/** Twenty bytes, written the one way that base64 has for them. */
const SIGNATURE = /^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/;

/**
 * `addresses` are what Twilio may have called; one that fits is enough, since nobody else could sign any of
 * them. `crypto.subtle.verify` compares in constant time.
 */
export async function isSigned(
  authToken: string,
  header: string | null,
  addresses: Iterable<string>,
  form: URLSearchParams,
): Promise<boolean> {
  if (header === null || !SIGNATURE.test(header)) return false;
  const signature = Uint8Array.from(atob(header), (byte) => byte.charCodeAt(0));
  const key = await keyOf(authToken);
  for (const address of addresses) {
    if (await crypto.subtle.verify('HMAC', key, signature, signedBytes(address, form))) return true;
  }
  return false;
}

/** The header's value. */
export async function sign(authToken: string, address: string, form: URLSearchParams): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await keyOf(authToken), signedBytes(address, form));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
}

/**
 * What Twilio may have called when `url` is what reached us: by one of the public host names or by the one of
 * this request, which a proxy may have called over plain http; and Twilio names the port in some of its
 * products and leaves it out in others. What a proxy says in X-Forwarded headers anybody else may say too.
 */
export function calledAddresses(url: URL, publicOrigins: readonly string[]): Set<string> {
  const origins = [url.origin, url.origin.replace(/^http:/, 'https:'), ...publicOrigins];
  const pathAndQuery = url.href.slice(url.origin.length);
  return new Set(origins.flatMap(withAndWithoutPort).map((origin) => origin + pathAndQuery));
}

function withAndWithoutPort(origin: string): string[] {
  const { protocol, hostname, port } = new URL(origin);
  const standard = protocol === 'https:' ? '443' : '80';
  return [`${protocol}//${hostname}`, `${protocol}//${hostname}:${port === '' ? standard : port}`];
}

/** All parameters, also those that Twilio may add one day; of repeated ones each value once, in order. */
function signedBytes(address: string, form: URLSearchParams): Uint8Array {
  const names = [...new Set(form.keys())].sort();
  const parameters = names.flatMap((name) =>
    [...new Set(form.getAll(name))].sort().map((value) => name + value),
  );
  return new TextEncoder().encode(address + parameters.join(''));
}

function keyOf(authToken: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(authToken);
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign', 'verify']);
}
