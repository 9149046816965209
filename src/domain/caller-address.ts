/**
 * What phone systems wrap a number in: `"Ana" <sip:+12062020123@host:5060;user=phone>`, `tel:+1…;ext=103`,
 * `2062020123@host`. Only taken apart here; whether `user` is a number is decided elsewhere.
 */
export interface CallerAddress {
  displayName: string;
  /** The number, extension or word itself; a leading space is kept, since it may have been a plus. */
  user: string;
  host: string;
}

const BRACKETED = /^(?:\s*"([^"]*)"\s*|([^"<>]*))<([^<>]*)>(?:;.*)?$/s;
const SCHEME = /^\s*(?:(tel|callto)|sips?):(?:\/\/)?/i;

/** Null where it has brackets or quotes that belong to nothing. Linear in the length of `raw`. */
export function addressIn(raw: string): CallerAddress | null {
  const text = unquoted(plainText(raw));
  const bracketed = BRACKETED.exec(text);
  const address = bracketed ? (bracketed[3] ?? '') : text;
  if (/[<>"]/.test(address)) return null;

  const scheme = SCHEME.exec(address);
  const rest = scheme ? address.slice(scheme[0].length) : address;
  const at = rest.indexOf('@');
  const displayName = bracketed?.[1] ?? bracketed?.[2] ?? '';
  if (at >= 0)
    return { displayName, user: upTo(/[;:?]/, rest.slice(0, at)), host: upTo(/[;:?]/, rest.slice(at + 1)) };

  const isHostOnly = scheme !== null && scheme[1] === undefined;
  const user = upTo(isHostOnly ? /[;:?]/ : /[;?]/, rest);
  // `sip:206.202.0.123` names a machine.
  return isHostOnly && user.includes('.') ? null : { displayName, user, host: '' };
}

function upTo(end: RegExp, text: string): string {
  const index = text.search(end);
  return index < 0 ? text : text.slice(0, index);
}

/** ASCII for what copying, keyboards and double encoding make of it. */
function plainText(raw: string): string {
  return raw
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/%([2-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .trimEnd();
}

function unquoted(text: string): string {
  return /^\s*(["'])([^"']*)\1$/.exec(text)?.[2] ?? text;
}
