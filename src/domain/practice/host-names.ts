import type { PublicOrigins } from './public-origins.ts';

/** Under which names this deployment is reached (B48), for whoever moves it to another one. */
export interface HostNames {
  origins: { origin: string; isGivenOut: boolean }[];
  /** What PUBLIC_ORIGIN says and is no address. */
  unreadable: string[];
  /** The one that the question came by. */
  arrivedAt: string;
}

export function hostNames({ all, givenOut, unreadable }: PublicOrigins, arrivedAt: string): HostNames {
  const origins = all.map((origin) => ({ origin, isGivenOut: origin === givenOut }));
  return { origins, unreadable: [...unreadable], arrivedAt };
}
