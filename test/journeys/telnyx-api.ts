import { vi } from 'vitest';

export const KEY = 'KEY0123456789_secret';
export const BASE = 'https://telnyx.example';

/** What a text is sent with. */
export interface Asked {
  from: string;
  to: string;
  text: string;
  webhook_url: string;
  use_profile_webhooks: boolean;
}

type Answer = (request: Request) => Response | Promise<Response>;

/**
 * Telnyx's API at `BASE`, as its description and its reference of errors have it: it refuses whatever they say that
 * it refuses. https://developers.telnyx.com/api-reference/messages/send-a-message
 */
export class TelnyxApi {
  /** What it took, in order. */
  readonly taken: Asked[] = [];
  /** Addresses of what was asked besides. */
  readonly looked: URL[] = [];
  readonly #answers: Answer[] = [];
  #records: unknown = [];

  constructor() {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      init?.signal?.throwIfAborted();
      return this.#answer(new Request(input, init));
    });
  }

  /** To the next request, instead of what it would say. */
  willAnswer(answer: Answer): this {
    this.#answers.push(answer);
    return this;
  }

  willRefuse(status: number, code: string): this {
    return this.willAnswer(() => refusal(status, code));
  }

  hasRecords(records: unknown): this {
    this.#records = records;
    return this;
  }

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.origin !== BASE) throw new Error(`nobody is at ${url.origin}`);
    if (request.redirect !== 'manual') throw new Error('a redirect would carry the key along');
    const answer = this.#answers.shift();
    if (answer !== undefined) return answer(request);
    if (request.headers.get('Authorization') !== `Bearer ${KEY}`) return refusal(401, '10009');
    if (request.method === 'GET' && url.pathname === '/v2/detail_records') {
      this.looked.push(url);
      if (url.searchParams.get('filter[record_type]') !== 'messaging') return refusal(400, '10015');
      return Response.json({ data: this.#records, meta: { total_pages: 1, page_number: 1 } });
    }
    if (request.method !== 'POST' || url.pathname !== '/v2/messages') return refusal(404, '10005');
    if (request.headers.get('Content-Type') !== 'application/json') return refusal(415, '10014');
    const asked: unknown = await request.json();
    const code = whyRefused(asked);
    if (code !== null) return refusal(code === '40310' ? 400 : 422, code);
    this.taken.push(asked as Asked);
    return accepted(asked as Asked, crypto.randomUUID());
  }
}

const FIELDS: Record<string, (value: unknown) => boolean> = {
  from: isString,
  to: isString,
  text: isString,
  webhook_url: isString,
  webhook_failover_url: isString,
  use_profile_webhooks: (value) => typeof value === 'boolean',
  type: (value) => value === 'SMS' || value === 'MMS',
};

function whyRefused(asked: unknown): string | null {
  if (typeof asked !== 'object' || asked === null) return '10015';
  const { from, to, text, webhook_url: url } = asked as Partial<Asked>;
  if (to === undefined || from === undefined) return '10004';
  for (const [name, value] of Object.entries(asked)) if (!FIELDS[name]?.(value)) return '10015';
  if (!text) return '40316';
  if (!isE164(to)) return '40310';
  if (!isE164(from)) return '40305';
  if (url !== undefined && (url.length > 2000 || !/^https?:\/\//.test(url) || !URL.canParse(url)))
    return '10003';
  return null;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isE164(value: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(value);
}

export function accepted(asked: Asked, id: string, status = 'queued', errors: unknown[] = []): Response {
  return Response.json({
    data: {
      record_type: 'message',
      direction: 'outbound',
      id,
      type: 'SMS',
      from: { phone_number: asked.from, carrier: 'TELNYX LLC', line_type: 'VoIP' },
      to: [{ phone_number: asked.to, status, carrier: 'T-MOBILE USA, INC.', line_type: 'Wireless' }],
      text: asked.text,
      webhook_url: asked.webhook_url,
      parts: 1,
      errors,
    },
  });
}

export function refusal(status: number, code: string): Response {
  const errors = [{ code, title: 'Refused', detail: 'As the test wants it.' }];
  return Response.json({ errors }, { status });
}
