/** Where the outside reaches us: `PUBLIC_ORIGIN`, one origin or several with commas between (B48). */
export interface PublicOrigins {
  /** In the addresses that we give out. Null where it is not set or cannot be read: nothing else takes its place. */
  givenOut: string | null;
  /** All under which we are called: a host name that was given up goes on working for as long as it is here. */
  all: readonly string[];
  /** What is in the list and is no such address. */
  unreadable: readonly string[];
}

/** The only place that reads the setting. A slash at the end, or a path, says nothing. */
export function publicOrigins(setting: string | undefined): PublicOrigins {
  const entries = (setting ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const origins = entries.map(originOf);
  return {
    givenOut: origins[0] ?? null,
    all: origins.filter((origin) => origin !== null),
    unreadable: entries.filter((_, index) => origins[index] === null),
  };
}

function originOf(entry: string): string | null {
  const url = URL.parse(entry);
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : null;
}
