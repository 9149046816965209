import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { USE_CASES, type UseCase } from '../../src/domain/triggers/use-case.ts';
import type { Call, Ledger, Reply } from './ledger.ts';
import type { Random } from './random.ts';
import type { StaffClient } from './staff-client.ts';

const HANDS = 12;
const BURST = 40;
const PAUSE_MS = 40;
/** These get many events each; everybody else calls once or twice. */
const REGULARS = 25;

const LINE_NUMBER = '+12062020100';
const TOKENS: Record<UseCase, string> = {
  'abandoned-call': 'lakeside-hangup-en',
  'call-to-text': 'lakeside-hold-en',
};

/** Callers, phones and staff, all at once, until they are told to stop. Whatever fails is left as unanswered. */
export class Load {
  readonly #client: StaffClient;
  readonly #ledger: Ledger;
  readonly #random: Random;
  #isOn = false;
  #hands: Promise<void>[] = [];

  constructor(client: StaffClient, ledger: Ledger, random: Random) {
    this.#client = client;
    this.#ledger = ledger;
    this.#random = random;
  }

  begin(): void {
    this.#isOn = true;
    this.#hands = [
      this.#askAgain(),
      ...Array.from({ length: HANDS }, async () => {
        while (this.#isOn) {
          await this.#anything();
          await setTimeout(this.#random.between(0, PAUSE_MS));
        }
      }),
    ];
  }

  /** All at the same moment, so that whenever the crash comes, much is half done. */
  burst(): void {
    for (let n = 0; n < BURST; n += 1) this.#hands.push(this.#anything());
  }

  async end(): Promise<void> {
    this.#isOn = false;
    await Promise.all(this.#hands);
  }

  /** What nobody answered before the crash is asked again with the same id, by phone systems and composers. */
  async #askAgain(): Promise<void> {
    const { calls, replies } = this.#ledger;
    const unanswered = [
      ...calls.filter((call) => !call.isAcknowledged).map((call) => () => this.#fire(call)),
      ...replies.filter((reply) => !reply.isAcknowledged).map((reply) => () => this.#send(reply)),
    ];
    for (const ask of unanswered) {
      if (!this.#isOn) return;
      if (this.#random.next() < 0.7) await ask();
    }
  }

  #anything(): Promise<void> {
    const choice = this.#random.next();
    const regulars = [...this.#ledger.conversationIds.keys()].slice(0, REGULARS);
    const caller = this.#random.oneOf(regulars);
    if (caller === undefined || choice < 0.2) return this.#call(this.#ledger.newCaller());
    // Nothing ever happens again to this one, so nothing later can make up for what a crash undid.
    if (choice < 0.4) return this.#text(this.#ledger.newCaller());
    if (choice < 0.55) return this.#call(caller);
    if (choice < 0.75) return this.#text(caller);
    return this.#reply(caller);
  }

  /** Every tenth call is reported twice at the same moment. */
  async #call(caller: string): Promise<void> {
    const useCase = this.#random.oneOf(USE_CASES) ?? 'call-to-text';
    const call: Call = { caller, callId: randomUUID(), useCase, isAcknowledged: false, isTexted: false };
    this.#ledger.calls.push(call);
    const isTwice = this.#random.next() < 0.1;
    await Promise.all(isTwice ? [this.#fire(call), this.#fire(call)] : [this.#fire(call)]);
  }

  async #fire(call: Call): Promise<void> {
    const answer = await this.#client.post(`/hooks/demo/${call.useCase}/${TOKENS[call.useCase]}`, {
      CALLER_ID_NUMBER: call.caller,
      call_id: call.callId,
    });
    if (answer === null) return;
    call.isAcknowledged = true;
    // A caller in a live conversation, or who was texted a moment ago, is spared another text.
    const { result, conversation } = answer as { result: string; conversation?: string };
    if (result === 'texting') call.isTexted = true;
    if (conversation) this.#ledger.conversationIds.set(call.caller, conversation);
  }

  async #text(caller: string): Promise<void> {
    const text = { caller, body: `From the caller: ${randomUUID()}`, isAcknowledged: false };
    this.#ledger.texts.push(text);
    const address = `/simulator/handsets/${caller}/messages`;
    const answer = await this.#client.post(address, { to: LINE_NUMBER, body: text.body });
    text.isAcknowledged = answer !== null;
  }

  async #reply(caller: string): Promise<void> {
    const conversationId = this.#ledger.conversationIds.get(caller) ?? '';
    const id = randomUUID();
    const reply: Reply = {
      caller,
      conversationId,
      id,
      body: `From the staff: ${id}`,
      isAcknowledged: false,
    };
    this.#ledger.replies.push(reply);
    await this.#send(reply);
  }

  async #send(reply: Reply): Promise<void> {
    const { conversationId, id, body } = reply;
    const address = `/api/conversations/${conversationId}/messages`;
    const answer = await this.#client.post(address, { id, body, kind: 'reply' });
    if (answer !== null) reply.isAcknowledged = true;
  }
}
