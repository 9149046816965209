/** Under what the outbox waits, so that it is us who end the request. */
const TIMEOUT_MS = 9_000;

/** For what a phone system waits for: it has a second for our answer. */
export const SHORT_TIMEOUT_MS = 800;

/**
 * A request that ends in time. Not `AbortSignal.timeout`: its timer would keep the object in memory, and on the
 * bill, long after the answer. No redirect is followed, since credentials are for the carrier only.
 */
export async function fetchWithin(
  address: string | URL,
  init: RequestInit = {},
  timeoutMs = TIMEOUT_MS,
): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const response = await fetch(address, { ...init, redirect: 'manual', signal: controller.signal });
    // Read in here too, since a body can hang just as well. Carriers' answers are short.
    const { status, headers } = response;
    return new Response(status === 204 ? null : await response.arrayBuffer(), { status, headers });
  } finally {
    clearTimeout(timer);
  }
}
