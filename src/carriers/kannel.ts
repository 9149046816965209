/** Kannel, an open-source gateway to SMPP and other networks: hands each text to its `sendsms` address. */
import { segmentsOf } from '../domain/conversation/segments.ts';
import type { Env } from '../env.ts';
import type { Carrier, SendOutcome, TextOut } from './carrier.ts';
import { fetchWithin } from './fetch-within.ts';
import { checkKannel } from './kannel-check.ts';
import { retryAfterMs } from './retry-after.ts';
import { statusAddress } from './status-address.ts';

/** Of `type` in a report: https://www.kannel.org/download/1.4.5/userguide-1.4.5/userguide.html */
export const REPORT_BITS = { delivered: 1, failed: 2, queued: 4, accepted: 8, rejected: 16 } as const;

/** Not `queued`, which changes nothing for us. `accepted` settles a text whose answer got lost. */
const WANTED_REPORTS =
  REPORT_BITS.delivered | REPORT_BITS.failed | REPORT_BITS.accepted | REPORT_BITS.rejected;

const CODING = { 'GSM-7': '0', 'UCS-2': '2' } as const;

/**
 * Kannel's own "try again later"; a proxy's "slow down"; and what Cloudflare answers where nobody was reached:
 * https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
const NOT_TAKEN = new Set([503, 429, 521, 523, 525, 526, 530]);

const SETTINGS = [
  'KANNEL_SENDSMS_URL',
  'KANNEL_USERNAME',
  'KANNEL_PASSWORD',
  'KANNEL_CALLBACK_TOKEN',
  'PUBLIC_ORIGIN',
] as const;

/** No `receivedTexts`: Kannel keeps what it could not hand over and asks again, and cannot be asked itself. */
export const kannel: Carrier = {
  answersKeywords: false,

  async send(env, text) {
    const address = sendAddress(env, text);
    if (address === null) return { outcome: 'refused', reason: 'refused' };
    try {
      const response = await fetchWithin(address);
      await response.body?.cancel();
      return outcomeOf(response, text);
    } catch (error) {
      // Not the error's message, which may hold the address, and so the number and the text.
      log(text, error instanceof Error ? error.name : 'no answer');
      return { outcome: 'unknown' };
    }
  },

  /** Kannel keeps no list that could be asked. Only its report can tell. */
  async lookUp() {
    return { found: 'unknown' };
  },

  check: checkKannel,

  /** Texts come here without media. */
  async fetchMedia() {
    return { outcome: 'gone' };
  },
};

function sendAddress(env: Env, text: TextOut): URL | null {
  const missing = SETTINGS.filter((name) => !env[name]);
  const address = URL.parse(env.KANNEL_SENDSMS_URL ?? '');
  const report = reportAddress(env, text);
  if (missing.length > 0 || address === null || report === null) {
    console.error(
      'A text to Kannel was not sent. Set, or correct:',
      missing.join(', ') || 'KANNEL_SENDSMS_URL',
    );
    return null;
  }
  // Parameters that are already in the address stay: this is where `smsc` or `account` are given.
  for (const [name, value] of Object.entries({
    username: `${env.KANNEL_USERNAME}`,
    password: `${env.KANNEL_PASSWORD}`,
    from: text.from,
    to: text.to,
    text: text.body,
    charset: 'UTF-8',
    coding: CODING[segmentsOf(text.body).encoding],
    'dlr-mask': `${WANTED_REPORTS}`,
    'dlr-url': report,
  })) {
    address.searchParams.set(name, value);
  }
  return address;
}

/** Kannel puts the kind of report in place of `%d`; a percent sign that is meant as such is doubled. */
function reportAddress(env: Env, text: TextOut): string | null {
  const address = statusAddress(env, 'kannel', text);
  address?.searchParams.set('token', `${env.KANNEL_CALLBACK_TOKEN}`);
  return address === null ? null : address.href.replaceAll('%', '%%').concat('&type=%d');
}

/** What the answers mean: `smsbox_req_sendsms` and `delayed_http_reply` in gw/smsbox.c of Kannel 1.4.5. */
function outcomeOf({ status, headers }: Response, text: TextOut): SendOutcome {
  // Taken by a centre, or kept until one takes it. Kannel gives it no id: reports come with ours.
  if (status === 202) return { outcome: 'accepted', carrierId: text.messageId };
  log(text, status);
  if (NOT_TAKEN.has(status)) {
    return { outcome: 'later', delayMs: retryAfterMs(headers.get('Retry-After'), Date.now()) };
  }
  if (status === 400) return { outcome: 'refused', reason: 'refused' };
  // The user, the password, the address, or no centre that takes texts to this number.
  if (status >= 400 && status < 500) return { outcome: 'refused', reason: 'account' };
  return { outcome: 'unknown' };
}

function log({ conversationId, messageId }: TextOut, answer: number | string): void {
  console.warn('Kannel did not accept a text', { conversation: conversationId, message: messageId, answer });
}
