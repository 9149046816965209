/** Puts an address or a name into a snippet so that it stays what it is in the language of the snippet. */

/** Nothing in it means anything to a shell, a dial plan, JavaScript, JSON, XML or an expression language. */
export function plainUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search}`.replace(/[^A-Za-z0-9:/?&=._~%-]/g, (sign) =>
    encodeURIComponent(sign).replace(/[!'()*]/g, hex),
  );
}

/** With parameters that are the snippet's own, such as `${input.ANI}`. */
export function withQuery(url: string, query: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** A literal in JavaScript and in JSON alike. */
export function literal(text: string): string {
  const escaped = JSON.stringify(text).replace(/[\u2028\u2029<]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return escaped;
}

/** For a comment that ends with its line, and for words that a person pastes into a field. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function hex(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
