/**
 * How many wrong tries a sign-in bears. Counted from three sides, because each alone is turned into a weapon:
 * a limit per account lets a stranger lock anybody out, one per address lets a botnet guess on. Who uses a
 * browser that has signed in before is counted apart, and so is out of every stranger's reach.
 */

export const TRY_WINDOW_MS = 15 * 60_000;

const ACCOUNT_FROM_ADDRESS = 5;
const ADDRESS = 20;
const ACCOUNT = 50;
const KNOWN_BROWSER = 5;

/** How long a browser stays known after its last sign-in. */
export const KNOWN_BROWSER_DAYS = 365;

export interface TryCounter {
  /** What is counted together. Holds an e-mail and an address: hash it before it is stored. */
  key: string;
  limit: number;
}

export interface SignInTry {
  email: string;
  /** As the platform reports it. */
  address: string;
  /** The browser's own secret, or its hash, if this account has signed in with it before. */
  knownBrowser: string | null;
}

export function tryCounters({ email, address, knownBrowser }: SignInTry): TryCounter[] {
  const account = email.toLowerCase();
  if (knownBrowser !== null) return [{ key: `browser ${knownBrowser} ${account}`, limit: KNOWN_BROWSER }];
  const network = networkOf(address);
  return [
    { key: `account-from-address ${account} ${network}`, limit: ACCOUNT_FROM_ADDRESS },
    { key: `address ${network}`, limit: ADDRESS },
    { key: `account ${account}`, limit: ACCOUNT },
  ];
}

/** One customer's: an IPv6 connection has 2^64 addresses of its own to change between. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
