import type { StaffRef } from '../conversation/message.ts';

/** A member of staff who has the inbox open, however many windows of it. */
export interface Present extends StaffRef {
  /** The conversation they have on screen. */
  conversation: string | null;
  /** They are writing a reply in it. */
  isTyping: boolean;
}

/** What one window says of itself. */
export interface Here {
  conversation: string | null;
  isTyping: boolean;
  /** Another tab or program is before it: whoever wants to be told while away is. */
  isHidden: boolean;
}

/** Who writes says so again and again; without it, nobody is taken to write for longer than this. */
export const TYPING_MS = 8_000;

/** Windows that say more than this in that time are not ours. */
export const SAYINGS = { most: 20, withinMs: 5_000 } as const;

const MAX_SAYING_LENGTH = 200;

/** Null where it is not what a window says of itself. */
export function readHere(data: unknown): Here | null {
  if (typeof data !== 'string' || data.length > MAX_SAYING_LENGTH) return null;
  const said = parsed(data);
  if (said === null || said.type !== 'here') return null;
  const { type: _, conversation, isTyping, isHidden = false, ...rest } = said;
  if (Object.keys(rest).length > 0) return null;
  if (typeof isTyping !== 'boolean' || typeof isHidden !== 'boolean') return null;
  if (conversation === null) return isTyping ? null : { conversation, isTyping, isHidden };
  return typeof conversation === 'string' && /^[0-9a-f]{64}$/.test(conversation)
    ? { conversation, isTyping, isHidden }
    : null;
}

function parsed(data: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A window, and when it last said where it is. */
export interface Window extends Here {
  staff: StaffRef;
  at: number;
}

/** Each person once, where they write or else where they looked last; by name. */
export function presentIn(windows: readonly Window[], now: number): Present[] {
  const present = new Map<string, { window: Window; isTyping: boolean }>();
  for (const window of windows) {
    const isTyping = window.isTyping && now - window.at < TYPING_MS;
    const known = present.get(window.staff.id);
    if (known === undefined || isCloser({ window, isTyping }, known))
      present.set(window.staff.id, { window, isTyping });
  }
  return [...present.values()]
    .map(({ window: { staff, conversation }, isTyping }) => ({ ...staff, conversation, isTyping }))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

type Seen = { window: Window; isTyping: boolean };

function isCloser(one: Seen, other: Seen): boolean {
  if (one.isTyping !== other.isTyping) return one.isTyping;
  const [isIn, wasIn] = [one.window.conversation !== null, other.window.conversation !== null];
  return isIn === wasIn ? one.window.at > other.window.at : isIn;
}
