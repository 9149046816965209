import type { UseCase } from '../../domain/triggers/use-case.ts';

/** By what the reports of one call are known, in their conversation. */
export interface CallIds {
  /** The same for every report of the call; null where the phone system named none. */
  callKey: string | null;
  /** The same for every report of the call for this use case, so that its text can only be written once. */
  messageId: string;
}

/** Without an id of the call there is nothing to tell its reports apart by, so each is its own. */
export async function callIdsOf(
  lineId: string,
  caller: string,
  callId: string | null,
  useCase: UseCase,
): Promise<CallIds> {
  if (callId === null) return { callKey: null, messageId: crypto.randomUUID() };
  const call = new TextEncoder().encode(JSON.stringify([lineId, caller, callId]));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', call));
  // Two ids of one hash: its halves do not overlap.
  const half = useCase === 'call-to-text' ? hash.slice(0, 16) : hash.slice(16, 32);
  return { callKey: hexOf(hash), messageId: uuidOf(half) };
}

/** RFC 9562, version 8: a UUID made of a hash of one's own choice. */
function uuidOf(bytes: Uint8Array): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
