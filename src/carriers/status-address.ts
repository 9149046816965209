import * as z from 'zod';
import type { CarrierName } from '../domain/calls/firing.ts';
import { publicOrigins } from '../domain/practice/public-origins.ts';
import type { Env } from '../env.ts';
import type { TextOut } from './carrier.ts';

/** Which text a report is about: our own ids, in the address that the text was sent with. */
export type ReportedText = Pick<TextOut, 'conversationId' | 'messageId' | 'attempt'>;

const ids = z.object({
  conversation: z.string().min(1).max(100),
  message: z.string().min(1).max(200),
  attempt: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.int().positive()),
});

/** Where a carrier reports what became of a text; null, and a line in the log, where we do not know our own address. */
export function statusAddress(env: Env, carrier: CarrierName, text: ReportedText): URL | null {
  const { givenOut } = publicOrigins(env.PUBLIC_ORIGIN);
  if (givenOut === null) {
    console.error(`a line uses ${carrier}: set PUBLIC_ORIGIN to where it reaches this deployment, https://…`);
    return null;
  }
  const address = new URL(`/carriers/${carrier}/status`, givenOut);
  address.searchParams.set('conversation', text.conversationId);
  address.searchParams.set('message', text.messageId);
  address.searchParams.set('attempt', String(text.attempt));
  return address;
}

/** Null where the address is not one that `statusAddress` made. */
export function reportedText(address: URL): ReportedText | null {
  const { data } = ids.safeParse(Object.fromEntries(address.searchParams));
  return data === undefined
    ? null
    : { conversationId: data.conversation, messageId: data.message, attempt: data.attempt };
}
