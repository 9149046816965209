/**
 * A simulated phone with its carrier. It takes every text it is given, twice if given twice, as a real
 * carrier does; what it owes our webhooks is written down first and tried until it is answered with a 2xx.
 */
import { DurableObject } from 'cloudflare:workers';
import type { LookUpOutcome, SendOutcome, TextOut } from '../src/carriers/carrier.ts';
import { isSigned, SIGNATURE_HEADER, sign } from '../src/carriers/simulator-signature.ts';
import type { SimulatorReport, SimulatorText } from '../src/carriers/simulator-webhooks.ts';
import { type HandsetMessage, handsetKind } from '../src/domain/conversation/handset.ts';
import { backoffMs } from '../src/domain/conversation/outbox-rules.ts';
import type { Env } from '../src/env.ts';
import { HandsetStore, type OwedRow, type SentMedia } from './handset-store.ts';

/** How long the network takes to tell that a text arrived. */
const REPORT_DELAY_MS = 300;

const WEBHOOK_TIMEOUT_MS = 10_000;

/** Past the end of the usual steps: a phone keeps trying, unhurriedly, for a day. */
const SLOW_RETRY_MS = 15 * 60_000;
const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/** Where a failure that we did not foresee leaves the next try, instead of to the runtime's six. */
const RESCUE_MS = 10_000;

export class Handset extends DurableObject<Env> {
  readonly #store: HandsetStore;
  #draining: Promise<void> | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new HandsetStore(ctx.storage);
  }

  /** The carrier's side of a text to this phone. */
  deliver(text: TextOut): SendOutcome {
    const kind = handsetKind(text.to);
    if (kind === 'blocked') return { outcome: 'refused', reason: 'blocked' };
    const carrierId = `sim-${crypto.randomUUID()}`;
    const now = Date.now();
    this.#store.transaction(() => {
      const reason = kind === 'ordinary' ? null : kind;
      this.#store.addReceived(carrierId, text, now, reason, now + REPORT_DELAY_MS);
    });
    return { outcome: 'accepted', carrierId };
  }

  lookUp(text: TextOut): LookUpOutcome {
    const carrierId = this.#store.idOf(text);
    return carrierId === null ? { found: 'no' } : { found: 'yes', carrierId };
  }

  messages(): HandsetMessage[] {
    return this.#store.messages();
  }

  /** The owner of the phone writes to a line. Recorded when this returns; handed over soon after. */
  write(text: { from: string; to: string; body: string }, media: SentMedia[] = []): HandsetMessage {
    const id = `sim-${crypto.randomUUID()}`;
    const at = Date.now();
    this.#store.transaction(() => {
      this.#store.addSent(id, text, at);
      this.#store.addMedia(id, media);
    });
    this.ctx.waitUntil(this.#drain());
    return { id, ...text, mediaCount: media.length, at, direction: 'sent', isDelivered: false };
  }

  /** The carrier's side of what was sent along: for those who hold its secret. */
  async media(reference: string, signature: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const secret = this.env.SIMULATOR_SECRET;
    const request = { path: reference, body: '' };
    if (!secret || !(await isSigned(secret, request, signature, Date.now()))) return null;
    const [, text, place] = /^[^/]+\/([^/]+)\/(\d+)$/.exec(reference) ?? [];
    return text === undefined ? null : this.#store.mediaBytes(text, Number(place));
  }

  override async alarm(): Promise<void> {
    try {
      await this.#drain();
    } catch (error) {
      console.error('a handset could not hand over what it owes', error);
      await this.ctx.storage.setAlarm(Date.now() + RESCUE_MS);
    }
  }

  /** One at a time, however many alarms and texts ask for it. */
  #drain(): Promise<void> {
    this.#draining ??= this.#handOver().finally(() => {
      this.#draining = null;
    });
    return this.#draining;
  }

  async #handOver(): Promise<void> {
    for (let owed = this.#claim(); owed !== null; owed = this.#claim()) {
      const { seq } = owed;
      if (await this.#call(owed)) this.#store.transaction(() => this.#store.settle(seq));
    }
    // The alarm that brought us here is spent, and may have come before anything was due.
    this.#store.wakeForWhatIsOwed();
  }

  /** Plans the next try before this one is made, so that a crash in between only delays it. */
  #claim(): OwedRow | null {
    const now = Date.now();
    const owed = this.#store.nextOwed(now);
    if (owed === null) return null;
    const tries = owed.tries + 1;
    const delay = backoffMs(tries, Math.random()) ?? SLOW_RETRY_MS;
    const isLast = now + delay - owed.at > GIVE_UP_AFTER_MS;
    this.#store.transaction(() => this.#store.planTry(owed.seq, tries, isLast ? null : now + delay));
    return owed;
  }

  async #call(owed: OwedRow): Promise<boolean> {
    const { path, payload } = this.#webhookOf(owed);
    const body = JSON.stringify(payload);
    // Not AbortSignal.timeout: its timer would keep the object in memory long after the answer.
    const cancel = new AbortController();
    const timer = setTimeout(() => cancel.abort(), WEBHOOK_TIMEOUT_MS);
    try {
      const signature = await sign(this.env.SIMULATOR_SECRET ?? '', { path, body }, Date.now());
      // Our own Worker, whatever host it is served from; the host in this address is never looked up.
      const answer = await this.ctx.exports.default.fetch(`https://offhook.internal${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', [SIGNATURE_HEADER]: signature },
        body,
        signal: cancel.signal,
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  #webhookOf(owed: OwedRow): { path: string; payload: SimulatorText | SimulatorReport } {
    switch (owed.direction) {
      case 'sent':
        return {
          path: '/carriers/simulator/messages',
          payload: {
            messageId: owed.id,
            from: owed.sender,
            to: owed.recipient,
            body: owed.body,
            media: this.#mediaOf(owed),
            at: owed.at,
          },
        };
      case 'received':
        return {
          path: '/carriers/simulator/status',
          payload: {
            conversationId: owed.conversation_id ?? '',
            messageId: owed.message_id ?? '',
            attempt: owed.attempt ?? 1,
            status: owed.reason === null ? 'delivered' : 'undelivered',
            reason: owed.reason,
          },
        };
    }
  }

  #mediaOf({ id, sender }: OwedRow): SimulatorText['media'] {
    return this.#store.mediaTypesOf(id).map((contentType, place) => ({
      contentType,
      reference: `${sender}/${id}/${place}`,
    }));
  }
}
