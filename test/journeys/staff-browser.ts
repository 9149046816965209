import { env, exports } from 'cloudflare:workers';
import { newSecret } from '../../src/practices/secret.ts';
import { SEED_PASSWORD } from '../../src/practices/seed.ts';
import { sessionStatements } from '../../src/practices/sessions.ts';
import { credentialsOf } from '../../src/practices/staff.ts';

export const ORIGIN = 'https://offhook.example';

interface Asked {
  method?: string;
  /** Sent as JSON. */
  json?: unknown;
  headers?: Record<string, string>;
}

/** A browser as far as the API notices one: it keeps its cookies, and says from where a request comes. */
export class StaffBrowser {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;
  readonly #address: string;

  constructor({ origin = ORIGIN, address = '203.0.113.7' } = {}) {
    this.#origin = origin;
    this.#address = address;
  }

  async ask(path: string, { method = 'GET', json, headers = {} }: Asked = {}): Promise<Response> {
    const isChange = method !== 'GET';
    const response = await exports.default.fetch(this.#origin + path, {
      method,
      redirect: 'manual',
      headers: {
        'CF-Connecting-IP': this.#address,
        ...(this.cookies.size > 0 ? { Cookie: this.#cookieHeader() } : {}),
        ...(isChange ? { Origin: this.#origin } : {}),
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  post(path: string, json?: unknown): Promise<Response> {
    return this.ask(path, { method: 'POST', json });
  }

  patch(path: string, json?: unknown): Promise<Response> {
    return this.ask(path, { method: 'PATCH', json });
  }

  signIn(email: string, password = SEED_PASSWORD): Promise<Response> {
    return this.post('/api/session', { email, password });
  }

  /** The status that tells whether this browser is signed in. */
  async status(): Promise<number> {
    return (await this.ask('/api/session')).status;
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/Max-Age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** Without the password, whose hash takes a while by design; `signIn` is the way that people take. */
export async function signedInAs(email: string): Promise<StaffBrowser> {
  const credentials = await credentialsOf(env.DB, email);
  if (credentials === null) throw new Error(`The seed has nobody with the e-mail ${email}.`);
  const secret = newSecret();
  const { staffId } = credentials;
  await env.DB.batch(
    await sessionStatements(env.DB, { secret, replaced: undefined, staffId, now: Date.now() }),
  );
  const browser = new StaffBrowser();
  browser.cookies.set('__Host-offhook', secret);
  return browser;
}

/** The code of a refusal. */
export async function codeOf(response: Response): Promise<string> {
  return (await response.json<{ error: { code: string } }>()).error.code;
}
