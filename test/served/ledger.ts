import type { UseCase } from '../../src/domain/triggers/use-case.ts';

/**
 * What the load asked of the product, and what the product said yes to (2xx). Whatever it said yes to has to
 * be there after any number of crashes; what it did not answer may or may not be, but never twice.
 */

interface Asked {
  /** Ten digits. */
  caller: string;
  isAcknowledged: boolean;
}

export interface Call extends Asked {
  callId: string;
  useCase: UseCase;
  /** The answer was that a text is on its way. */
  isTexted: boolean;
}

export interface CallerText extends Asked {
  body: string;
}

export interface Reply extends Asked {
  conversationId: string;
  /** Made by the composer. */
  id: string;
  body: string;
}

export class Ledger {
  readonly calls: Call[] = [];
  readonly texts: CallerText[] = [];
  readonly replies: Reply[] = [];
  /** Of callers whose trigger was answered. */
  readonly conversationIds = new Map<string, string>();
  #nextCaller = 0;

  /** Ten digits, none of them the ending of a phone that texts fail on. */
  newCaller(): string {
    this.#nextCaller += 1;
    return `206202${1000 + this.#nextCaller}`;
  }

  get callers(): string[] {
    return [...new Set([...this.calls, ...this.texts].map(({ caller }) => caller))];
  }

  get answered(): number {
    const { calls, texts, replies } = this.acknowledged();
    return calls + texts + replies;
  }

  acknowledged(): { calls: number; texts: number; replies: number } {
    const count = (asked: Asked[]) => asked.filter(({ isAcknowledged }) => isAcknowledged).length;
    return { calls: count(this.calls), texts: count(this.texts), replies: count(this.replies) };
  }
}
