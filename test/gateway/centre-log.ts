/** A text that arrived at the centre, put together from its segments. */
export interface CentreText {
  from: string;
  to: string;
  body: string;
  segments: number;
}

interface Segment {
  from: string;
  to: string;
  /** Of a text in several segments. */
  joined: { reference: number; count: number; index: number } | null;
  octets: Buffer;
  encoding: 'UTF-8' | 'UTF-16BE' | null;
}

/**
 * What fakesmsc says it got, a line each: `from to text words`, `from to ucs-2 octets`, and for one of several
 * segments `from to udh header data octets`; the octets are URL-encoded. See gw/smsc/smsc_fake.c of Kannel.
 */
export function textsIn(log: string): CentreText[] {
  const lines = [...log.matchAll(/Got message \d+: <(\S+) (\S+) (.*)>$/gm)];
  const waiting = new Map<string, Segment[]>();
  return lines.flatMap(([, from = '', to = '', rest = '']) => {
    const segment = { from, to, ...contentOf(rest) };
    if (segment.joined === null) return [joined([segment])];
    const key = `${to} ${segment.joined.reference}`;
    const segments = [...(waiting.get(key) ?? []), segment];
    waiting.set(key, segments);
    if (segments.length < segment.joined.count) return [];
    waiting.delete(key);
    return [joined(segments)];
  });
}

function contentOf(rest: string): Pick<Segment, 'joined' | 'octets' | 'encoding'> {
  const [, header, data] = /^udh (\S+) data (.*)$/.exec(rest) ?? [];
  if (header !== undefined && data !== undefined) {
    // 3GPP TS 23.040, 9.2.3.24.1: length, kind, length of what follows, reference, count, index.
    const [, , , reference = 0, count = 0, index = 0] = octetsOf(header);
    return { joined: { reference, count, index }, octets: octetsOf(data), encoding: null };
  }
  const [, kind, words = ''] = /^(text|ucs-2) (.*)$/.exec(rest) ?? [];
  if (kind === 'ucs-2') return { joined: null, octets: octetsOf(words), encoding: 'UTF-16BE' };
  return { joined: null, octets: Buffer.from(words), encoding: 'UTF-8' };
}

function joined(segments: Segment[]): CentreText {
  const inOrder = segments.toSorted((a, b) => (a.joined?.index ?? 0) - (b.joined?.index ?? 0));
  const octets = Buffer.concat(inOrder.map((segment) => segment.octets));
  // In several segments the centre does not say which; UTF-16 has empty octets wherever there is a space.
  const encoding = segments[0]?.encoding ?? (octets.includes(0) ? 'UTF-16BE' : 'UTF-8');
  const body = new TextDecoder(encoding, { fatal: true }).decode(octets);
  const { from = '', to = '' } = segments[0] ?? {};
  return { from, to, body, segments: segments.length };
}

function octetsOf(encoded: string): Buffer {
  const octets = encoded.replaceAll('+', ' ').match(/%[0-9A-F]{2}|./gis) ?? [];
  return Buffer.concat(
    octets.map((octet) =>
      octet.length === 3 ? Buffer.from(octet.slice(1), 'hex') : Buffer.from(octet, 'latin1'),
    ),
  );
}
