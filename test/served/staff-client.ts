import { SEED_PASSWORD } from '../../src/practices/seed.ts';

/** A signed-in member of staff who also has the webhooks' and the phones' addresses. */
export class StaffClient {
  readonly #origin: string;
  readonly #refused = new Map<string, number>();
  #cookie = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** How often something else than a 2xx was answered, by status and path. */
  get refused(): Record<string, number> {
    return Object.fromEntries(this.#refused);
  }

  async signIn(email: string): Promise<void> {
    const response = await this.#ask('/api/session', { email, password: SEED_PASSWORD });
    if (!response.ok) throw new Error(`signing in: ${response.status} ${await response.text()}`);
    this.#cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
  }

  /** The answer of a 2xx; null where there was none, be it a refusal or a connection that broke. */
  async post(path: string, json: unknown): Promise<unknown> {
    try {
      const response = await this.#ask(path, json);
      // What was acknowledged stays so, even if the rest of the answer never comes.
      const body: unknown = await response.json().catch(() => ({}));
      if (response.ok) return body;
      this.#noteRefusal(response.status, path);
      return null;
    } catch {
      return null;
    }
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.#ask(path);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  #noteRefusal(status: number, path: string): void {
    const what = `${status} ${path.replace(/[0-9a-f]{64}|\d{10}/, '…')}`;
    this.#refused.set(what, (this.#refused.get(what) ?? 0) + 1);
  }

  #ask(path: string, json?: unknown): Promise<Response> {
    const headers = { Cookie: this.#cookie, 'Content-Type': 'application/json' };
    const method = json === undefined ? 'GET' : 'POST';
    const body = json === undefined ? null : JSON.stringify(json);
    return fetch(this.#origin + path, { method, headers, body, signal: AbortSignal.timeout(20_000) });
  }
}
