/**
 * Sends through Telnyx's API (https://developers.telnyx.com/api-reference/messages/send-a-message). It knows
 * no idempotency key, so a text whose fate is not known is looked up and never simply sent again.
 */
import * as z from 'zod';
import type { Env } from '../env.ts';
import type { Carrier, LookUpOutcome, SendOutcome, TextOut } from './carrier.ts';
import { fetchWithin, SHORT_TIMEOUT_MS } from './fetch-within.ts';
import { downloadMedia } from './media-download.ts';
import { retryAfterMs } from './retry-after.ts';
import { statusAddress } from './status-address.ts';
import { telnyxCheckIn, telnyxNumberPath } from './telnyx-check.ts';
import { asksToSlowDown, errorList, reasonOf } from './telnyx-errors.ts';
import { telnyxLineTypeIn, telnyxLineTypePath } from './telnyx-line-type.ts';

/** Telnyx's clock is not ours. */
const CLOCK_SLACK_MS = 60_000;

/** What one page of records can hold; more texts than that to one caller since the claim there are not. */
const PAGE_SIZE = 50;

const created = z.object({
  data: z.object({
    id: z.string().min(1).max(100),
    to: z.array(z.object({ status: z.string().nullish() })).nullish(),
    errors: errorList,
  }),
});
const refusal = z.object({ errors: errorList });
const records = z.object({
  data: z.array(z.object({ uuid: z.string().nullish(), delivery_status_webhook_url: z.string().nullish() })),
});

interface Account {
  base: string;
  authorization: string;
}

/** No `receivedTexts`: the detail records, which are all that Telnyx lists, have no words. */
export const telnyx: Carrier = {
  answersKeywords: true,

  async send(env, text) {
    const account = accountOf(env);
    if (account === null) return { outcome: 'refused', reason: 'account' };
    const statusCallback = statusAddress(env, 'telnyx', text)?.href ?? null;
    if (statusCallback === null) return { outcome: 'refused', reason: 'refused' };
    const body = JSON.stringify({
      from: text.from,
      to: text.to,
      text: text.body,
      webhook_url: statusCallback,
      // Else each report would come a second time, to the address for texts, without our ids.
      use_profile_webhooks: false,
    });
    try {
      return await outcomeOf(await ask(account, '/v2/messages', { method: 'POST', body }), text);
    } catch {
      // Whether the request got there before the connection failed, nobody here can say.
      return { outcome: 'unknown' };
    }
  },

  async lookUp(env, text, claimedAt) {
    const account = accountOf(env);
    const statusCallback = statusAddress(env, 'telnyx', text)?.href ?? null;
    if (account === null || statusCallback === null) return { found: 'unknown' };
    try {
      return await lookUpIn(account, text, { statusCallback, claimedAt });
    } catch {
      return { found: 'unknown' };
    }
  },

  async lineTypeOf(env, number) {
    const account = accountOf(env);
    if (account === null) return 'unknown';
    const response = await ask(account, telnyxLineTypePath(number), {}, SHORT_TIMEOUT_MS);
    return telnyxLineTypeIn(await jsonOf(response));
  },

  async check(env, number) {
    const account = accountOf(env);
    if (account === null) return { isGood: false, words: 'The settings for Telnyx are missing.' };
    const response = await ask(account, telnyxNumberPath(number), {});
    return telnyxCheckIn(response.status, await jsonOf(response));
  },

  /** Its storage asks for no key, and deletes what it keeps after a while. */
  fetchMedia: (env, reference) =>
    downloadMedia({ address: reference, base: apiBase(env), authorization: null }),
};

async function outcomeOf(response: Response, text: TextOut): Promise<SendOutcome> {
  const answer = await jsonOf(response);
  const { status } = response;
  if (response.ok) {
    const { data } = created.safeParse(answer).data ?? {};
    // Taken, it seems, but not told as what: the report will say.
    if (data === undefined) return { outcome: 'unknown' };
    const isRefused = data.to?.[0]?.status === 'sending_failed';
    return isRefused ? refused(text, status, data.errors) : { outcome: 'accepted', carrierId: data.id };
  }
  const { errors } = refusal.safeParse(answer).data ?? {};
  if (asksToSlowDown(errors)) return later(response);
  // Before the status, which is 429 also where the spending limit of the day is reached.
  if (reasonOf(errors) !== null) return refused(text, status, errors);
  if (status === 429) return later(response);
  // A 408 or a 5xx may come after the text was taken.
  if (status < 400 || status >= 500 || status === 408) return { outcome: 'unknown' };
  return refused(text, status, errors);
}

/** Telnyx counts down in a header of its own: https://developers.telnyx.com/development/api-fundamentals/reliability/rate-limiting */
function later({ headers }: Response): SendOutcome {
  const wait = headers.get('Retry-After') ?? headers.get('x-ratelimit-reset');
  return { outcome: 'later', delayMs: retryAfterMs(wait, Date.now()) };
}

function refused(text: TextOut, status: number, errors: z.infer<typeof errorList>): SendOutcome {
  const isAboutAccount = status >= 401 && status <= 404;
  const reason = reasonOf(errors) ?? (isAboutAccount ? 'account' : 'refused');
  if (reason === 'account' || reason === 'refused') {
    const { conversationId, messageId } = text;
    const codes = errors?.map(({ code }) => code);
    console.error('Telnyx refused a text', { conversationId, messageId, status, codes });
  }
  return { outcome: 'refused', reason };
}

/**
 * In the detail records, where a text shows the address that its reports go to, and so our ids. Telnyx does
 * not promise how soon a text is in there: one that is not may still have been taken.
 */
async function lookUpIn(
  account: Account,
  text: TextOut,
  { statusCallback, claimedAt }: { statusCallback: string; claimedAt: number },
): Promise<LookUpOutcome> {
  const query = new URLSearchParams({
    'filter[record_type]': 'messaging',
    'filter[direction]': 'outbound',
    'filter[cld]': text.to,
    'filter[created_at][gte]': new Date(claimedAt - CLOCK_SLACK_MS).toISOString().slice(0, 10),
    sort: '-created_at',
    'page[size]': String(PAGE_SIZE),
  });
  const response = await ask(account, `/v2/detail_records?${query}`);
  if (!response.ok) return { found: 'unknown' };
  const { data } = records.safeParse(await jsonOf(response)).data ?? {};
  const uuid = data?.find((record) => record.delivery_status_webhook_url === statusCallback)?.uuid;
  return uuid ? { found: 'yes', carrierId: uuid } : { found: 'unknown' };
}

function apiBase(env: Env): string {
  return env.TELNYX_API_BASE || 'https://api.telnyx.com';
}

function accountOf(env: Env): Account | null {
  const base = apiBase(env);
  if (!env.TELNYX_API_KEY || !URL.canParse(base)) {
    console.error('a line uses Telnyx: set TELNYX_API_KEY; TELNYX_API_BASE may stay unset');
    return null;
  }
  return { base: base.replace(/\/+$/, ''), authorization: `Bearer ${env.TELNYX_API_KEY}` };
}

function ask(
  { base, authorization }: Account,
  path: string,
  init: RequestInit = {},
  timeoutMs?: number,
): Promise<Response> {
  const headers = {
    Authorization: authorization,
    Accept: 'application/json',
    ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
  return fetchWithin(base + path, { ...init, headers }, timeoutMs);
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
