import { createServer, type Server } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from '../served/killable.ts';

export const CLIENT_ID = 'offhook-at-clinic';
export const CLIENT_SECRET = 'a-secret-that-only-both-know';

interface Person {
  email: string;
  name: string;
  groups: string[];
  isVerified?: boolean;
}

/** An OpenID provider by another maker, certified as one, on this machine. Whoever types a known name is let in. */
export class RealProvider {
  readonly issuer: string;
  /** By the name that they type; may be changed at any time. */
  readonly people = new Map<string, Person>();
  readonly #server: Server;

  private constructor(port: number, redirectUri: string) {
    this.issuer = `http://localhost:${port}`;
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          redirect_uris: [redirectUri],
          grant_types: ['authorization_code'],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      cookies: { keys: ['only-on-this-machine'] },
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => this.#claimsOf(id) }),
    });
    this.#server = createServer(provider.callback());
  }

  static async start(origin: string): Promise<RealProvider> {
    const port = await freePort();
    const provider = new RealProvider(port, `${origin}/api/session/single-sign-on/callback`);
    await new Promise<void>((resolve) => provider.#server.listen(port, '127.0.0.1', resolve));
    return provider;
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #claimsOf(id: string): object {
    const person = this.people.get(id);
    if (person === undefined) return { sub: id };
    const { email, name, groups, isVerified = true } = person;
    return { sub: id, email, email_verified: isVerified, name, groups };
  }
}
