import type { TriggerRules } from './trigger-rules.ts';
import type { UseCase } from './use-case.ts';

/** How a use case came to be live in production: tested in demo, or on an admin's word. */
export type WentLive =
  | { how: 'proof'; at: number; by: { id: string; name: string }; testedAt: number }
  | { how: 'override'; at: number; by: { id: string; name: string }; reason: string };

/** An old address goes on working for so long after it was replaced. */
export const OLD_ADDRESS_HOURS = 24;

/** A trigger as those see it who set it up. Its address is shown apart, since it lets anybody text. */
export interface ManagedTrigger {
  id: string;
  line: { id: string; name: string; number: string };
  useCase: UseCase;
  /** BCP 47. */
  language: string;
  text: string;
  isOn: boolean;
  rules: TriggerRules;
  /** An id of src/phone-systems; null: recognised by the shape of its requests. */
  phoneSystem: string | null;
  address: {
    /** The path with all but the end of the token hidden. */
    masked: string;
    /** The address before the last rotation works until then; null where there is none. */
    previousUntil: number | null;
  };
  wentLive: WentLive | null;
}

/** A line that can have triggers. Numbers are E.164. */
export interface LineToSetUp {
  id: string;
  name: string;
  number: string;
  mainNumber: string | null;
}

const SHOWN_OF_TOKEN = 4;

/** Enough to tell two addresses apart, and too little to use one. */
export function maskedToken(token: string): string {
  return `••••••••${token.slice(-SHOWN_OF_TOKEN)}`;
}
