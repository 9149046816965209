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
const SCHEME = /^\s*(?:tel|callto|sips?):(?:\/\/)?/i;

/** Always finds a `user`, of what is no address at all too. Linear in the length of `raw`. */
export function addressIn(raw: string): CallerAddress {
  const text = unquoted(plainText(raw));
  const bracketed = BRACKETED.exec(text);
  const displayName = bracketed?.[1] ?? bracketed?.[2] ?? '';
  const rest = (bracketed?.[3] ?? text).replace(SCHEME, '');
  const at = rest.indexOf('@');
  return {
    displayName,
    user: upToDelimiter(at < 0 ? rest : rest.slice(0, at)),
    host: at < 0 ? '' : upToDelimiter(rest.slice(at + 1)),
  };
}

/** Parameters (`;ext=103`), headers (`?Subject=`), a password or a port (`:5060`). */
function upToDelimiter(text: string): string {
  const end = text.search(/[;:?]/);
  return end < 0 ? text : text.slice(0, end);
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
