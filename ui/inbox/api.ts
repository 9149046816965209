import type { BulkResult } from '../../src/domain/conversation/bulk-change.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Message, StaffRef } from '../../src/domain/conversation/message.ts';
import type { InboxFilter } from '../../src/domain/inbox/inbox-filter.ts';
import type { InboxView } from '../../src/domain/inbox/inbox-view.ts';
import { isAnythingUnsaved } from '../shell/unsaved.ts';
import { hasParts } from './right-shape.ts';
import { parametersOf } from './route.ts';
import type { FoundPage } from './state/inbox-changes.ts';
import { signedOut } from './state/session-changes.ts';
import type { Session, Unsent } from './state/state.ts';
import { change, practiceId, session } from './store.ts';

/**
 * `status` 0: no answer came at all. `code` is that of the problem; `message` is fit to be shown; `detail` is all that
 * came.
 */
export type Answer<T> =
  | { ok: true; value: T }
  | { ok: false; status: number; code: string; message: string; detail?: unknown };

export interface ConversationPage {
  conversation: ConversationSummary;
  messages: Message[];
  nextCursor: string | null;
  newerCursor: string | null;
}

export interface ConversationChange {
  state?: 'open' | 'done';
  assignee?: string | null;
  snoozedUntil?: number | null;
  needsReply?: boolean;
  /** BCP 47. */
  language?: string;
  urgent?: false;
  /** With `done`: only where this reply has not failed by then. */
  after?: string;
}

const TIMEOUT_MS = 15_000;

const SESSION = 'staff practices*';
const CONVERSATION = { parts: 'conversation' };

export const api = {
  session: () => request<Session>('GET', '/api/session', undefined, { isAsking: true, parts: SESSION }),
  signIn: (email: string, password: string) =>
    request<Session>('POST', '/api/session', { email, password }, { isAsking: true, parts: SESSION }),
  signOut: () => request<null>('DELETE', '/api/session', undefined, { isAsking: true }),
  conversations: (
    practiceId: string,
    asked: { view?: InboxView; query?: string; filter: InboxFilter; cursor?: string | undefined },
  ) =>
    request<FoundPage>(
      'GET',
      `${practicePath(practiceId)}/conversations?${search({ view: asked.view, q: asked.query, cursor: asked.cursor, ...parametersOf(asked.filter) })}`,
      undefined,
      { parts: 'conversations*' },
    ),
  staff: (practiceId: string) =>
    request<{ staff: StaffRef[] }>('GET', `${practicePath(practiceId)}/staff`, undefined, {
      parts: 'staff*',
    }),
  conversation: (id: string, part: { cursor?: string; after?: string; around?: string } = {}) =>
    request<ConversationPage>(
      'GET',
      `${conversationPath(id)}?${search({ ...part, practice: practiceId.peek() ?? undefined })}`,
      undefined,
      { parts: 'conversation messages*' },
    ),
  send: (id: string, { id: messageId, body, kind, seenSeq }: Unsent) =>
    // What was sent outlives the page.
    request<{ message: Message }>(
      'POST',
      `${conversationPath(id)}/messages`,
      { id: messageId, body, kind, ...(kind === 'reply' && seenSeq !== null && { seenSeq }) },
      { keepalive: true, parts: 'message' },
    ),
  retry: (id: string, messageId: string) =>
    request<{ message: Message }>(
      'POST',
      `${conversationPath(id)}/messages/${encodeURIComponent(messageId)}/retry`,
      {},
      { parts: 'message' },
    ),
  change: (id: string, changes: ConversationChange) =>
    request<{ conversation: ConversationSummary; undo: number | null }>(
      'PATCH',
      conversationPath(id),
      changes,
      CONVERSATION,
    ),
  bulk: (practiceId: string, body: object) =>
    request<BulkResult>('POST', `${practicePath(practiceId)}/conversations/bulk`, body, {
      parts: 'changed* refused*',
    }),
};

/** Where the API of a practice begins. */
export function practicePath(practiceId: string): string {
  return `/api/practices/${encodeURIComponent(practiceId)}`;
}

/** And that of a conversation. */
export function conversationPath(id: string): string {
  return `/api/conversations/${encodeURIComponent(id)}`;
}

function search(parameters: Record<string, string | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * `isAsking`: 401 is an answer to this question, not the end of a session. `parts`: see `hasParts`; without them it is
 * no answer.
 */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  { isAsking = false, keepalive = false, parts = '' } = {},
): Promise<Answer<T>> {
  const init: RequestInit = { method, keepalive, signal: AbortSignal.timeout(TIMEOUT_MS) };
  if (body !== undefined) {
    init.headers = { 'Content-Type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(path, init);
    const type = response.headers.get('Content-Type') ?? '';
    const isJson = type.startsWith('application/json');
    // What stands in for Offhook, such as the page of a network that wants a sign-in, has answered nothing.
    if (response.ok && type.startsWith('text/html')) throw new Error(type);
    const answer: unknown = isJson ? await response.json() : null;
    if (response.ok && !hasParts(answer, parts)) throw new Error(path);
    if (response.ok) return { ok: true, value: answer as T };
    if (response.status === 401 && !isAsking && session.peek() !== null)
      change(signedOut, 'You were signed out. Sign in to go on.', isAnythingUnsaved());
    return { ok: false, status: response.status, detail: answer, ...problemIn(answer) };
  } catch {
    return {
      ok: false,
      status: 0,
      code: '',
      message: 'Offhook could not be reached. Check the connection and try again.',
    };
  }
}

function problemIn(answer: unknown): { code: string; message: string } {
  const { code, message } = (answer as { error?: { code?: unknown; message?: unknown } } | null)?.error ?? {};
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : 'Something went wrong. Try again.',
  };
}
