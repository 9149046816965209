import type {
  HandsetMedia,
  HandsetMessage,
  LineToCall,
  SimulatedCall,
} from '../../src/domain/conversation/handset.ts';
import type { UseCase } from '../../src/domain/triggers/use-case.ts';

/** `message` is fit to be shown. */
export type Answer<T> = { ok: true; value: T } | { ok: false; message: string };

const TIMEOUT_MS = 10_000;

export interface Firing {
  from: string;
  lineId: string;
  useCase: UseCase;
  language: string;
  callId: string;
  waitedSeconds: number;
}

export const api = {
  lines: () => request<{ lines: LineToCall[] }>('GET', '/simulator/lines'),
  messages: (number: string) => request<{ messages: HandsetMessage[] }>('GET', messagesPath(number)),
  write: (number: string, text: { to: string; body: string; media: readonly HandsetMedia[] }) =>
    request<{ message: HandsetMessage }>('POST', messagesPath(number), text),
  fire: (firing: Firing) => request<SimulatedCall>('POST', '/simulator/calls', firing),
};

function messagesPath(number: string): string {
  return `/simulator/handsets/${number}/messages`;
}

async function request<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const init: RequestInit = { method, signal: AbortSignal.timeout(TIMEOUT_MS) };
  if (body !== undefined) {
    init.headers = { 'Content-Type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(path, init);
    const answer: unknown = await response.json();
    if (response.ok) return { ok: true, value: answer as T };
    const message = (answer as { error?: { message?: unknown } }).error?.message;
    return { ok: false, message: typeof message === 'string' ? message : 'Something went wrong. Try again.' };
  } catch {
    return { ok: false, message: 'Offhook could not be reached. Is it running?' };
  }
}
