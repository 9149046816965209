import { parseArgs } from 'node:util';
import { Refusal } from './refusal.ts';

const USAGE = 'Usage: npm run first-admin -- --env demo|production [--origin https://…] EMAIL';

/** `local` is for trying it out on data that `npm start` has not seeded. */
export const ENVIRONMENTS = ['local', 'demo', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export interface FirstAdminCommand {
  environment: Environment;
  email: string;
  /** Without a slash at the end; null where it was not given. */
  origin: string | null;
}

export function readFirstAdminCommand(args: string[]): FirstAdminCommand {
  const { values, positionals } = parsed(args);
  const environment = ENVIRONMENTS.find((known) => known === values.env);
  const [email, ...more] = positionals;
  if (environment === undefined || email === undefined || more.length > 0) throw new Refusal(USAGE);
  if (email.length > 254 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new Refusal(`${email} is not an e-mail address.\n${USAGE}`);
  }
  return { environment, email, origin: values.origin?.replace(/\/+$/, '') ?? null };
}

function parsed(args: string[]) {
  try {
    const options = { env: { type: 'string' }, origin: { type: 'string' } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    throw new Refusal(USAGE);
  }
}
