import type { ReceivedRequest } from './activity.ts';

/**
 * The request as a command for a POSIX shell. `url` is the whole address without a query: the one that was kept has
 * its token masked, so whoever has the token puts it in.
 */
export function curlOf(
  request: Pick<ReceivedRequest, 'method' | 'query' | 'contentType' | 'body'>,
  url: string,
): string {
  const { method, query, contentType, body } = request;
  // Brackets and braces in an address are no patterns.
  const words = ['curl', '--globoff'];
  if (method !== 'GET') words.push('--request', quoted(method));
  if (contentType !== null) words.push('--header', quoted(`Content-Type: ${contentType}`));
  // Not --data, which would send a file where the body begins with an @.
  if (body !== '') words.push('--data-raw', quoted(body));
  words.push('--url', quoted(query === '' ? url : `${url}?${query}`));
  return words.join(' ');
}

/** Inside single quotes a shell changes nothing; a single quote itself has to stand outside of them. */
function quoted(text: string): string {
  // Nothing on a command line can hold a NUL.
  return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`;
}
