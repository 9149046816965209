import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopEsbuild } from 'esbuild';
import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { LocalServer } from '../../scripts/local-server.ts';
import type { ActivityEntry, ActivityPage, BeyondText } from '../../src/domain/activity/activity-entry.ts';
import type { CallBack } from '../../src/domain/calls/call-back.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { HandsetMessage } from '../../src/domain/conversation/handset.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import { openAroundTheClock } from '../open-around-the-clock.ts';
import { freePort } from '../served/killable.ts';
import { serving } from '../served/serving.ts';
import { StaffClient } from '../served/staff-client.ts';
import { type Fired, PhoneSystem } from './phone-system.ts';

export const LINE = '+12062020100';
export const CALL_TO_TEXT = 'call-to-text/lakeside-hold-en';
export const HANG_UP = 'abandoned-call/lakeside-hangup-en';

/** Far more than anything takes, so that only what never comes fails. */
export const patience = { timeout: 10_000, interval: 50 };

/** Lakeside with its phone system: what callers, staff and the manager can do there and see, all through the API. */
export class Clinic {
  readonly phones: PhoneSystem;
  readonly staff: StaffClient;
  readonly #manager: StaffClient;
  readonly #server: LocalServer;

  static async open(stateDir: string): Promise<Clinic> {
    const server = await serving({ port: await freePort(), stateDir });
    try {
      await openAroundTheClock(server);
      const [staff, manager] = [new StaffClient(server.origin), new StaffClient(server.origin)];
      await staff.signIn('staff@lakeside.example');
      await manager.signIn('manager@lakeside.example');
      return new Clinic(server, await PhoneSystem.start(server.origin), staff, manager);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  private constructor(server: LocalServer, phones: PhoneSystem, staff: StaffClient, manager: StaffClient) {
    this.#server = server;
    this.phones = phones;
    this.staff = staff;
    this.#manager = manager;
  }

  /** Waits for it, since the phone system's log comes through a pipe. */
  toHaveFired(callId: string, fired: Omit<Fired, 'callId'>[]): Promise<void> {
    const expected = fired.map((one) => ({ callId, ...one }));
    return vi.waitFor(
      () => expect(this.phones.fired.filter((one) => one.callId === callId)).toEqual(expected),
      patience,
    );
  }

  /** What is on the phone as soon as it is that many; a text too many shows in the conversation, too. */
  onHandset(digits: string, count: number): Promise<HandsetMessage[]> {
    return vi.waitFor(async () => {
      const messages = await this.handset(digits);
      expect(messages).toHaveLength(count);
      return messages;
    }, patience);
  }

  async handset(digits: string): Promise<HandsetMessage[]> {
    const path = `/simulator/handsets/${digits}/messages`;
    return (await this.staff.get<{ messages: HandsetMessage[] }>(path)).messages;
  }

  /** All pages. */
  async conversations(view = 'open'): Promise<ConversationSummary[]> {
    const found: ConversationSummary[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path = `/api/practices/lakeside/conversations?view=${view}&cursor=${encodeURIComponent(cursor)}`;
      type Page = { conversations: ConversationSummary[]; nextCursor: string | null };
      const page: Page = await this.staff.get<Page>(path);
      found.push(...page.conversations);
      cursor = page.nextCursor;
    }
    return found;
  }

  /** Waits for it, since an inbox hears of its conversations a moment later. */
  conversationWith(digits: string, view?: string): Promise<ConversationSummary> {
    return vi.waitFor(async () => {
      const all = await this.conversations(view);
      const found = all.filter(({ caller }) => caller.number === `+1${digits}`);
      expect(found).toHaveLength(1);
      return found[0] as ConversationSummary;
    }, patience);
  }

  async messagesOf(id: string): Promise<Message[]> {
    return (await this.staff.get<{ messages: Message[] }>(`/api/conversations/${id}`)).messages;
  }

  /** What the manager sees of what fired for a caller, the first one first; all pages. */
  async activityOf(digits: string): Promise<ActivityEntry[]> {
    const found: ActivityEntry[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: ActivityPage = await this.activityPage(`q=${digits}&cursor=${cursor}`);
      found.push(...page.activity);
      cursor = page.nextCursor;
    }
    return found.reverse();
  }

  activityPage(query: string): Promise<ActivityPage & { beyondText?: BeyondText }> {
    return this.#manager.get(`/api/practices/lakeside/activity?${query}`);
  }

  /** Exactly these, in this order; waits for them, since conversations tell of what they decided a moment later. */
  toHaveInActivity(digits: string, entries: object[]): Promise<void> {
    return vi.waitFor(async () => expect(await this.activityOf(digits)).toMatchObject(entries), patience);
  }

  async callBacksTo(digits: string): Promise<CallBack[]> {
    const path = '/api/practices/lakeside/call-backs';
    const { callBacks } = await this.staff.get<{ callBacks: CallBack[] }>(path);
    return callBacks.filter(({ caller }) => caller === `+1${digits}`);
  }

  async close(): Promise<void> {
    const ended = await Promise.allSettled([this.phones.end(), this.#server.stop()]);
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }
}

/** One clinic for all tests of a `describe`; a test that fails shows the logs of its phone system. */
export function clinicForAll(): () => Clinic {
  let stateDir: string;
  let clinic: Clinic | undefined;

  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'offhook-clinic-'));
    clinic = await Clinic.open(stateDir);
  });

  afterAll(async () => {
    try {
      await clinic?.close();
    } finally {
      await stopEsbuild();
      await rm(stateDir, { recursive: true, force: true });
    }
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => console.error(clinic?.phones.tail));
  });

  return () => {
    if (clinic === undefined) throw new Error('The clinic opens before the first test.');
    return clinic;
  };
}

export function texting(trigger: string, event: string, conversation: string) {
  return { trigger, event, status: 200, answer: { result: 'texting', conversation } };
}

/** `conversation` where the answer names one, and only there. */
export function skipped(trigger: string, event: string, reason: string, conversation?: string) {
  const named = conversation === undefined ? {} : { conversation };
  return { trigger, event, status: 200, answer: { result: 'skipped', reason, ...named } };
}
