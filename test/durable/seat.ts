import { expect, vi } from 'vitest';
import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';
import { inboxOf } from './firing.ts';

/** A member of staff at the inbox of the practice, with all that they were told. */
export interface Seat {
  socket: WebSocket;
  frames: InboxFrame[];
  closed: Promise<number>;
}

export async function sit(
  staff = 'ana',
  options: {
    role?: string;
    since?: number | undefined;
    validUntil?: number;
    activity?: 'whole' | 'masked';
  } = {},
): Promise<Seat> {
  const address = new URL('https://inbox/');
  const { validUntil = Date.now() + 3600_000, ...rest } = options;
  const asked = { staff, name: staff, validUntil, ...rest };
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined) address.searchParams.set(name, String(value));
  const { webSocket: socket } = await inboxOf().fetch(address, { headers: { Upgrade: 'websocket' } });
  if (!socket) throw new Error('no socket');
  const frames: InboxFrame[] = [];
  socket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(data as string));
  });
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener('close', ({ code }) => resolve(code)),
  );
  socket.accept();
  await vi.waitFor(() =>
    expect(frames.some(({ type }) => type === 'snapshot' || type === 'resumed')).toBe(true),
  );
  return { socket, frames, closed };
}

export function typesOf(seat: Seat): string[] {
  return seat.frames.map(({ type }) => type);
}

/** What a page says of itself. */
export function say({ socket }: Seat, conversation: string | null, isTyping = false): void {
  socket.send(JSON.stringify({ type: 'here', conversation, isTyping }));
}
