/** The words of a text in, which Kannel passes on in the encoding they came in. */

/** Of `text` in a query as it came; null where there is none. */
export function textInQuery(search: string): string | null {
  const octets = octetsOf(search, 'text');
  if (octets === null) return null;
  const { charset, coding } = Object.fromEntries(new URLSearchParams(search));
  const decoded = decode(octets, charset || (coding === '2' ? 'utf-16be' : 'utf-8'), coding !== '2');
  // Words that are somewhat wrong are better than none: this reads any octets.
  return decoded ?? decode(octets, 'windows-1252', false);
}

/** Null where these octets are not text in this encoding, or where nobody knows it ("8-BIT"). */
function decode(octets: Uint8Array, charset: string, fatal: boolean): string | null {
  try {
    return new TextDecoder(charset, { fatal, ignoreBOM: false }).decode(octets);
  } catch {
    return null;
  }
}

/** URLSearchParams would read every value as UTF-8, and lose what is not. */
function octetsOf(search: string, name: string): Uint8Array | null {
  const part = search
    .slice(1)
    .split('&')
    .find((each) => each.startsWith(`${name}=`));
  if (part === undefined) return null;
  const written = part.slice(name.length + 1).replaceAll('+', ' ');
  const octets = written.match(/%[0-9a-f]{2}|./gis) ?? [];
  return Uint8Array.from(octets, (octet) =>
    octet.length === 3 ? Number.parseInt(octet.slice(1), 16) : octet.charCodeAt(0),
  );
}
