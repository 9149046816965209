import { vi } from 'vitest';

/**
 * Twilio's Messages API as its description says it is, in place of `fetch`: it refuses what Twilio refuses,
 * with Twilio's codes. Bodies of accounts and prices are left out.
 */
export const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`;
export const AUTH_TOKEN = 'f00dfacef00dfacef00dfacef00dface';

const TEXTS = `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`;
const MEDIA = /^\/2010-04-01\/Accounts\/AC\w{32}\/Messages\/MM\w{32}\/Media\/ME(\w{32})$/;
/** Where Twilio keeps media: an address there is its own key. */
export const STORAGE = 'https://mms.twiliocdn.example';
const CREATE_PARAMETERS = new Set(
  `To StatusCallback ApplicationSid MaxPrice ProvideFeedback Attempt ValidityPeriod ForceDelivery
   ContentRetention AddressRetention SmartEncoded PersistentAction TrafficType ShortenUrls ScheduleType SendAt
   SendAsMms ContentVariables MessageIntent RiskCheck From FallbackFrom MessagingServiceSid Body MediaUrl
   ContentSid`.split(/\s+/),
);
const LIST_PARAMETERS = new Set([
  'To',
  'From',
  'DateSent',
  'DateSent<',
  'DateSent>',
  'PageSize',
  'Page',
  'PageToken',
]);

export interface Taken {
  sid: string;
  from: string;
  to: string;
  body: string;
  direction: 'outbound-api' | 'inbound';
  /** Epoch milliseconds; told in whole seconds. */
  createdAt: number;
  statusCallback: string;
  /** Pictures and the like. */
  media: number;
}

/**
 * The connection fails `before` or `after` Twilio has done what is asked, or stays open without an answer
 * until the asker gives up; or something else comes back.
 */
type Fault = 'before' | 'after' | 'silence' | ((done: () => Response) => Response);

export class TwilioApi {
  readonly taken: Taken[] = [];
  /** A page may hold less than was asked for. */
  mostOnAPage = 1000;
  /** Refusals by the rules of the API; a test that does not ask for one expects none. */
  readonly refused: { status: number; code: number }[] = [];
  readonly asked: string[] = [];
  /** Where credentials went that were none of Twilio's business. */
  readonly strayed: string[] = [];
  readonly #kept = new Map<string, () => Response | Promise<Response>>();
  readonly #faults: { of: 'POST' | 'GET'; fault: Fault }[] = [];

  constructor() {
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => this.#fetch(new Request(input, init)));
  }

  /** The next request of this method goes wrong. */
  next(of: 'POST' | 'GET', fault: Fault): this {
    this.#faults.push({ of, fault });
    return this;
  }

  /** What its storage has, or does when asked; answers the address that the webhook of a text tells. */
  keep(answer: () => Response | Promise<Response>): string {
    const name = crypto.randomUUID().replaceAll('-', '');
    this.#kept.set(`${STORAGE}/${name}`, answer);
    return `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/MM${name}/Media/ME${name}`;
  }

  /** The next send is refused, whatever it asks. */
  refuseNext(status: number, code: number | null): this {
    return this.next('POST', () => problem(status, code));
  }

  async #fetch(request: Request): Promise<Response> {
    this.asked.push(request.method);
    const { origin } = new URL(request.url);
    const kept = this.#kept.get(request.url);
    if (kept !== undefined) {
      if (!request.headers.has('Authorization')) return kept();
      this.strayed.push(origin);
      return new Response('Only one auth mechanism allowed', { status: 400 });
    }
    if (origin !== 'https://api.twilio.com') {
      this.strayed.push(origin);
      throw new TypeError(`nobody is at ${origin}`);
    }
    const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
    if (request.redirect !== 'manual')
      throw new TypeError('the credentials would go wherever a redirect leads');
    const done = () => this.#answer(request, form);
    const at = this.#faults.findIndex(({ of }) => of === request.method);
    const fault = at === -1 ? undefined : this.#faults.splice(at, 1)[0]?.fault;
    if (fault === undefined) return done();
    if (typeof fault === 'function') return fault(done);
    if (fault !== 'before') done();
    if (fault === 'silence')
      await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  }

  #answer(request: Request, form: URLSearchParams): Response {
    const url = new URL(request.url);
    if (request.headers.get('Authorization') !== `Basic ${btoa(`${ACCOUNT_SID}:${AUTH_TOKEN}`)}`)
      return this.#refuse(401, 20003);
    const [, media] = MEDIA.exec(url.pathname) ?? [];
    if (media !== undefined)
      return new Response(null, { status: 307, headers: { Location: `${STORAGE}/${media}` } });
    if (url.pathname !== TEXTS) return this.#refuse(404, 20404);
    if (request.method === 'GET') return this.#list(url.searchParams);
    return request.method === 'POST' ? this.#create(request, form) : this.#refuse(405, 20004);
  }

  #create(request: Request, form: URLSearchParams): Response {
    const type = request.headers.get('Content-Type')?.split(';')[0];
    const { To, From, Body, StatusCallback } = Object.fromEntries(form);
    if (type !== 'application/x-www-form-urlencoded' || !To) return this.#refuse(400, 21604);
    if ([...form.keys()].some((name) => !CREATE_PARAMETERS.has(name) || form.getAll(name).length > 1))
      return this.#refuse(400, 20001);
    if (!/^\+[1-9]\d{6,14}$/.test(To)) return this.#refuse(400, 21211);
    if (!From) return this.#refuse(400, 21603);
    if (!/^\+[1-9]\d{6,14}$/.test(From)) return this.#refuse(400, 21212);
    if (!Body) return this.#refuse(400, 21602);
    if (Body.length > 1600) return this.#refuse(400, 21617);
    if (StatusCallback !== undefined && !/^https?:\/\/[^/_]+\.[^/_]+\//.test(StatusCallback))
      return this.#refuse(400, 21609);
    const text = this.add({ from: From, to: To, body: Body, statusCallback: StatusCallback ?? '' });
    return Response.json(resource(text), { status: 201 });
  }

  #list(query: URLSearchParams): Response {
    if ([...query.keys()].some((name) => !LIST_PARAMETERS.has(name))) return this.#refuse(400, 20001);
    const size = Number(query.get('PageSize') ?? 50);
    if (!Number.isInteger(size) || size < 1 || size > 1000) return this.#refuse(400, 20001);
    const length = Math.min(size, this.mostOnAPage);
    const page = Number(query.get('Page') ?? 0);
    // A page is followed by its own address; counting on to the next is no longer done.
    if (page > 0 && query.get('PageToken') !== `PA${page}`) return this.#refuse(400, 20001);
    const from = page * length;
    // By the day a text was sent; none of these is more than queued.
    const isByDay = [...query.keys()].some((name) => name.startsWith('DateSent'));
    const found = (isByDay ? [] : this.taken)
      .filter(({ to }) => !query.has('To') || to === query.get('To'))
      .filter((text) => !query.has('From') || text.from === query.get('From'))
      .toReversed()
      .sort((a, b) => b.createdAt - a.createdAt);
    const next = new URLSearchParams(query);
    next.set('Page', String(page + 1));
    next.set('PageToken', `PA${page + 1}`);
    return Response.json({
      messages: found.slice(from, from + length).map(resource),
      page_size: size,
      next_page_uri: found.length > from + length ? `${TEXTS}?${next}` : null,
    });
  }

  /** As if Twilio had taken it at some other time. */
  add(text: Pick<Taken, 'from' | 'to' | 'body'> & Partial<Taken>): Taken {
    const sid = `SM${crypto.randomUUID().replaceAll('-', '')}`;
    const taken = {
      sid,
      direction: 'outbound-api' as const,
      createdAt: Date.now(),
      statusCallback: '',
      media: 0,
      ...text,
    };
    this.taken.push(taken);
    return taken;
  }

  #refuse(status: number, code: number): Response {
    this.refused.push({ status, code });
    return problem(status, code);
  }
}

function resource({ sid, from, to, body, direction, createdAt, media }: Taken) {
  const date_created = new Date(Math.floor(createdAt / 1000) * 1000).toUTCString().replace('GMT', '+0000');
  return {
    ...{ sid, account_sid: ACCOUNT_SID, from, to, body, direction, date_created, date_sent: null },
    ...{
      status: direction === 'inbound' ? 'received' : 'queued',
      error_code: null,
      error_message: null,
      messaging_service_sid: null,
    },
    ...{ num_media: String(media), num_segments: '1', api_version: '2010-04-01' },
  };
}

/** Made where it is used: a Response belongs to the request that it was made in. */
function problem(status: number, code: number | null): Response {
  if (code === null) return new Response('<html>no</html>', { status });
  return Response.json({ code, message: 'Refused', more_info: '', status }, { status });
}
