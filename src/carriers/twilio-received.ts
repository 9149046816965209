/** Asks Twilio for the texts that it took in for a line, so that one whose webhook never reached us is not lost. */
import * as z from 'zod';
import type { Line } from '../domain/calls/firing.ts';
import type { Env } from '../env.ts';
import type { ReceivedTexts } from './carrier.ts';
import { accountOf, ask, jsonOf } from './twilio-account.ts';
import { bodyWithMedia, mediaCount } from './twilio-body.ts';
import type { CarriedText } from './webhooks.ts';

const PAGE_SIZE = 200;
/** A line that gets more in six hours has other ways to notice that its webhooks fail. */
const MAX_PAGES = 10;

const E164 = /^\+[1-9]\d{6,14}$/;

const listed = z.object({
  /** The same as `MessageSid` in the webhook. */
  sid: z.string().min(1).max(100),
  from: z.string().nullable(),
  to: z.string().nullable(),
  body: z.string().nullable(),
  direction: z.string(),
  /** `receiving` until Twilio has all parts of it. */
  status: z.string(),
  num_media: z.string().nullish(),
  /** RFC 2822. */
  date_created: z.string().transform(Date.parse).pipe(z.number()),
});

const messageList = z.object({
  messages: z.array(listed),
  /** A path; the credentials must not follow it to another host. */
  next_page_uri: z
    .string()
    .regex(/^\/[^/]/)
    .nullish(),
});

/**
 * Not by the list's own filter on the day a text was sent: for a text in, that is when Twilio called our
 * webhook, and here are those for which that went wrong.
 */
export async function receivedTexts(env: Env, line: Line, since: number): Promise<ReceivedTexts> {
  const texts: CarriedText[] = [];
  const account = accountOf(env);
  if (account === null) return { texts, isComplete: false };
  const query = new URLSearchParams({ To: line.number, PageSize: String(PAGE_SIZE) });
  let path = `${account.path}?${query}`;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const list = await listAt(account, path);
    if (list === null) return { texts: texts.sort(byTime), isComplete: false };
    texts.push(...list.messages.flatMap((message) => textFrom(message, line, since)));
    // Newest first, by a date that may lie a little beside that of its making: so only a whole page is an end.
    const isPast = list.messages.every(({ date_created }) => date_created < since);
    if (!list.next_page_uri || isPast) return { texts: texts.sort(byTime), isComplete: true };
    path = list.next_page_uri;
  }
  return { texts: texts.sort(byTime), isComplete: false };
}

async function listAt(
  account: NonNullable<ReturnType<typeof accountOf>>,
  path: string,
): Promise<z.infer<typeof messageList> | null> {
  try {
    const response = await ask(account, path);
    return response.ok ? (messageList.safeParse(await jsonOf(response)).data ?? null) : null;
  } catch {
    return null;
  }
}

/** None where it is no text from a caller's phone to this line, as the webhook would have it. */
function textFrom(message: z.infer<typeof listed>, line: Line, since: number): CarriedText[] {
  const { sid: messageId, from, to, body, direction, status, date_created: at } = message;
  if (direction !== 'inbound' || status !== 'received' || to !== line.number) return [];
  if (from === null || !E164.test(from) || at < since) return [];
  // The list does not say of what kind its media are, nor where.
  const words = bodyWithMedia(body ?? '', mediaCount(message.num_media ?? null), 'attachment');
  return [{ messageId, from, to, body: words, media: [], at }];
}

function byTime(a: CarriedText, b: CarriedText): number {
  return a.at - b.at;
}
