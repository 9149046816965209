/**
 * Fetches what a text carried from where its carrier keeps it. The address came in a webhook, or in a redirect:
 * it is followed on the public net only, a few steps, a few seconds and a few megabytes far.
 */
import { MAX_MEDIA_BYTES } from '../domain/conversation/media.ts';

export type MediaOutcome =
  | { outcome: 'fetched'; bytes: Uint8Array<ArrayBuffer> }
  | { outcome: 'too-large' }
  /** Carriers keep media for a while only. */
  | { outcome: 'gone' }
  | { outcome: 'unreachable' };

interface Source {
  address: string;
  /** The carrier's API, for which alone the credentials are; a test's may be on this machine. */
  base: string;
  /** Null where the address is its own key. */
  authorization: string | null;
}

/** Staff wait for it with the picture before their eyes. */
const TIMEOUT_MS = 9_000;

/** Twilio's takes two: from its API to its network, and from there to the storage. */
const MAX_REDIRECTS = 3;

/** 403 is what storage says to a signed address that has run out. */
const GONE = new Set([403, 404, 410]);

/** Not `AbortSignal.timeout`, whose timer would outlive the answer; and one for all steps, the body included. */
export async function downloadMedia(source: Source): Promise<MediaOutcome> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    return await followed(source, controller.signal);
  } catch {
    return { outcome: 'unreachable' };
  } finally {
    clearTimeout(timer);
    // What was not read is not sent any further.
    controller.abort();
  }
}

async function followed(
  { address, base, authorization }: Source,
  signal: AbortSignal,
): Promise<MediaOutcome> {
  const api = new URL(base);
  let url = URL.parse(address);
  for (let step = 0; step <= MAX_REDIRECTS; step += 1) {
    if (url === null || !mayBeFetched(url, api)) return { outcome: 'gone' };
    const isAsked = authorization !== null && step === 0 && url.origin === api.origin;
    const headers = isAsked ? { Authorization: authorization } : {};
    const response = await fetch(url.href, { headers, redirect: 'manual', signal });
    const next = response.headers.get('Location');
    if (response.status < 300 || response.status >= 400 || next === null) return outcomeOf(response, isAsked);
    await response.body?.cancel();
    url = URL.parse(next, url.href);
  }
  return { outcome: 'unreachable' };
}

async function outcomeOf(response: Response, isAsked: boolean): Promise<MediaOutcome> {
  const { status } = response;
  if (response.ok) return upTo(MAX_MEDIA_BYTES, response);
  // To our credentials, 403 is about the account and not about the picture.
  if (GONE.has(status) && !(isAsked && status === 403)) return { outcome: 'gone' };
  console.error('a carrier did not give out what a text carried', { status });
  return { outcome: 'unreachable' };
}

/** Whatever Content-Length says: no more is taken than is allowed. */
async function upTo(maxBytes: number, response: Response): Promise<MediaOutcome> {
  if (Number(response.headers.get('Content-Length')) > maxBytes) return { outcome: 'too-large' };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) return { outcome: 'too-large' };
    chunks.push(chunk);
  }
  return { outcome: 'fetched', bytes: new Uint8Array(await new Blob(chunks).arrayBuffer()) };
}

/**
 * By https, at a name of the public net: no address in numbers (`URL` has brought all spellings of one into the same
 * form), no name of this machine or its network, no other port. The carrier's API may be wherever its setting says.
 */
function mayBeFetched(url: URL, api: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === api.protocol && url.hostname === api.hostname) return true;
  const isPublicName =
    /^(?!.*\.(?:localhost|local|internal|lan|home|arpa)\.?$)(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+\.?$/;
  return url.protocol === 'https:' && url.port === '' && isPublicName.test(url.hostname);
}
