/**
 * Sends through Twilio's API (https://www.twilio.com/docs/messaging/api/message-resource). It knows no
 * idempotency key, so a text whose fate is not known is looked up and never simply sent again.
 */
import * as z from 'zod';
import type { Carrier, LookUpOutcome, SendOutcome, TextOut } from './carrier.ts';
import { SHORT_TIMEOUT_MS } from './fetch-within.ts';
import { downloadMedia } from './media-download.ts';
import { retryAfterMs } from './retry-after.ts';
import { statusAddress } from './status-address.ts';
import { accountOf, ask, jsonOf, type TwilioAccount } from './twilio-account.ts';
import { checkTwilio } from './twilio-check.ts';
import { asksToSlowDown, reasonOf } from './twilio-errors.ts';
import { twilioLineTypeIn, twilioLineTypePath } from './twilio-line-type.ts';
import { receivedTexts } from './twilio-received.ts';

/** Twilio's clock is not ours, and it cuts `date_created` to whole seconds. */
const CLOCK_SLACK_MS = 2_000;
/** How long after we gave up Twilio may still have taken a text. */
const LATE_MS = 60_000;

const PAGE_SIZE = 200;
const MAX_PAGES = 5;

/** What a trial account puts before every text. */
const TRIAL_PREFIX = 'Sent from your Twilio trial account - ';

const created = z.object({ sid: z.string().min(1).max(100) });
const refusal = z.object({ code: z.int() });
const messageList = z.object({
  messages: z.array(
    z.object({
      sid: z.string().min(1),
      body: z.string().nullable(),
      direction: z.string(),
      /** RFC 2822. */
      date_created: z.string(),
    }),
  ),
  /** A path; the credentials must not follow it to another host. */
  next_page_uri: z
    .string()
    .regex(/^\/[^/]/)
    .nullish(),
});

type Listed = z.infer<typeof messageList>['messages'][number];

/** The list has been seen to lag behind by seconds (twilio-node #647); a minute is past all that was reported. */
const LIST_IS_COMPLETE_AFTER_MS = 60_000;

export const twilio: Carrier = {
  answersKeywords: true,

  async send(env, text) {
    const account = accountOf(env);
    if (account === null) return { outcome: 'refused', reason: 'account' };
    const statusCallback = statusAddress(env, 'twilio', text)?.href ?? null;
    if (statusCallback === null) return { outcome: 'refused', reason: 'refused' };
    const body = new URLSearchParams({
      From: text.from,
      To: text.to,
      Body: text.body,
      StatusCallback: statusCallback,
    });
    try {
      return await outcomeOf(await ask(account, account.path, { method: 'POST', body }), text);
    } catch {
      // Whether the request got there before the connection failed, nobody here can say.
      return { outcome: 'unknown' };
    }
  },

  async lookUp(env, text, claimedAt) {
    const account = accountOf(env);
    if (account === null) return { found: 'unknown' };
    try {
      const result = await lookUpIn(account, text, claimedAt);
      const isEarly = Date.now() - claimedAt < LIST_IS_COMPLETE_AFTER_MS;
      return result.found === 'no' && isEarly ? { found: 'not-yet' } : result;
    } catch {
      return { found: 'unknown' };
    }
  },

  async lineTypeOf(env, number) {
    const account = accountOf(env);
    if (account === null) return 'unknown';
    const base = env.TWILIO_LOOKUP_BASE || 'https://lookups.twilio.com';
    const response = await ask({ ...account, base }, twilioLineTypePath(number), {}, SHORT_TIMEOUT_MS);
    return twilioLineTypeIn(await jsonOf(response));
  },

  receivedTexts,

  check: checkTwilio,

  /** https://www.twilio.com/docs/messaging/api/media-resource: it redirects to an address that is its own key. */
  async fetchMedia(env, reference) {
    const account = accountOf(env);
    if (account === null) return { outcome: 'unreachable' };
    const { base, authorization } = account;
    return downloadMedia({ address: reference, base, authorization });
  },
};

async function outcomeOf(response: Response, text: TextOut): Promise<SendOutcome> {
  const answer = await jsonOf(response);
  const { status } = response;
  if (response.ok) {
    const { data } = created.safeParse(answer);
    // Taken, it seems, but not told as what: the list has it.
    return data === undefined ? { outcome: 'unknown' } : { outcome: 'accepted', carrierId: data.sid };
  }
  // A 5xx may come after the text was taken.
  if (status < 400 || status >= 500) return { outcome: 'unknown' };
  const code = refusal.safeParse(answer).data?.code ?? null;
  if (status === 429 || asksToSlowDown(code)) {
    return { outcome: 'later', delayMs: retryAfterMs(response.headers.get('Retry-After'), Date.now()) };
  }
  const isAboutAccount = status === 401 || status === 403 || status === 404;
  const reason = reasonOf(code) ?? (isAboutAccount ? 'account' : 'refused');
  if (reason === 'account' || reason === 'refused') {
    const { conversationId, messageId } = text;
    console.error('Twilio refused a text', { conversationId, messageId, status, code });
  }
  return { outcome: 'refused', reason };
}

/**
 * By To and From, with the time compared here: the list's own filter is on the day a text was *sent*, which
 * one that waits in Twilio's queue does not have yet.
 */
async function lookUpIn(account: TwilioAccount, text: TextOut, claimedAt: number): Promise<LookUpOutcome> {
  const query = new URLSearchParams({ To: text.to, From: text.from, PageSize: String(PAGE_SIZE) });
  let path = `${account.path}?${query}`;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const response = await ask(account, path);
    if (!response.ok) return { found: 'unknown' };
    const { data: list } = messageList.safeParse(await jsonOf(response));
    if (list === undefined) return { found: 'unknown' };
    const found = foundAmong(list.messages, text, claimedAt);
    if (found.found !== 'no') return found;
    const { next_page_uri: next, messages } = list;
    // Newest first: what was made before the claim is followed by older texts only.
    const isOlder = messages.some((one) => Date.parse(one.date_created) < claimedAt - LATE_MS);
    if (!next || isOlder) return found;
    path = next;
  }
  return { found: 'unknown' };
}

function foundAmong(messages: readonly Listed[], text: TextOut, claimedAt: number): LookUpOutcome {
  let found: LookUpOutcome = { found: 'no' };
  for (const message of messages) {
    if (!message.direction.startsWith('outbound')) continue;
    const createdAt = Date.parse(message.date_created);
    if (createdAt < claimedAt - CLOCK_SLACK_MS || createdAt > claimedAt + LATE_MS) continue;
    if (bodyOf(message) === text.body.trim()) {
      if (!Number.isNaN(createdAt)) return { found: 'yes', carrierId: message.sid };
      found = { found: 'unknown' };
    }
    // An account may have its texts blacked out, and then any could be ours.
    if (bodyOf(message) === '') found = { found: 'unknown' };
  }
  return found;
}

function bodyOf(message: Listed): string {
  const body = message.body ?? '';
  return (body.startsWith(TRIAL_PREFIX) ? body.slice(TRIAL_PREFIX.length) : body).trim();
}
