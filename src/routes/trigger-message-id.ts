/**
 * The same for every report of one call, whichever use case it was fired for, so that one call gives one
 * text. Without an id of the call there is nothing to tell its reports apart by, so each is its own.
 */
export async function messageIdOf(lineId: string, caller: string, callId: string | null): Promise<string> {
  if (callId === null) return crypto.randomUUID();
  const call = new TextEncoder().encode(JSON.stringify([lineId, caller, callId]));
  return uuidOf(new Uint8Array(await crypto.subtle.digest('SHA-256', call)));
}

/** RFC 9562, version 8: a UUID made of a hash of one's own choice. */
function uuidOf(hash: Uint8Array): string {
  const bytes = hash.slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
