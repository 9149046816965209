import { createExecutionContext } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { expect } from 'vitest';
import type { Env } from '../../src/env.ts';
import worker from '../../src/worker.ts';

/** Asking the Worker as a phone system does, and what it may answer. */

export const HANGUP = '/hooks/demo/abandoned-call/lakeside-hangup-en';
export const JSON_TYPE = { 'Content-Type': 'application/json' };

export async function fire(path: string, init?: RequestInit) {
  return read(await exports.default.fetch(new Request(`https://offhook.example${path}`, init)));
}

/** Through the same Worker, with bindings changed. */
export async function fireWith(bindings: Partial<Env>, path: string, init?: RequestInit) {
  const request = new Request(`https://offhook.example${path}`, init);
  return read(await worker.fetch(request, { ...env, ...bindings }, createExecutionContext()));
}

async function read(response: Response) {
  const text = await response.text();
  return {
    length: text.length,
    status: response.status,
    headers: response.headers,
    answer: text === '' ? null : JSON.parse(text),
  };
}

export function post(body: BodyInit, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body, headers };
}

export async function textsTo(caller: string): Promise<{ from: string; body: string }[]> {
  const { answer } = await fire(`/simulator/handsets/${caller}/messages`);
  return answer.messages;
}

async function sendersOfTextsTo(caller: string): Promise<string[]> {
  return (await textsTo(caller)).map(({ from }) => from).toSorted();
}

export async function expectTexts(caller: string, senders: string[]): Promise<void> {
  await expect.poll(() => sendersOfTextsTo(caller), { timeout: 4_000 }).toEqual(senders);
}

export const texting = {
  status: 200,
  answer: { result: 'texting', conversation: expect.stringMatching(/^[0-9a-f]{64}$/) },
};

export function skipped(reason: string) {
  return { status: 200, answer: { result: 'skipped', reason } };
}

export function refused(status: number, code: string) {
  return { status, answer: { error: { code, message: expect.any(String), requestId: expect.any(String) } } };
}
