import { MAX_KEPT_BODY, MAX_KEPT_QUERY, type ReceivedRequest } from '../../domain/activity/activity.ts';

/** What the practice's activity keeps of a trigger's request. `text` is its body; null where it was not read. */
export function receivedRequest(request: Request, text: string | null, token: string): ReceivedRequest {
  const { pathname, search } = new URL(request.url);
  const query = search.slice(1);
  const isUnread = text === null && request.body !== null;
  return {
    method: request.method.slice(0, 10),
    // The rest of the token would let any reader of the page text anybody.
    path: pathname.replace(token, `${token.slice(0, 4)}…`),
    query: query.slice(0, MAX_KEPT_QUERY),
    contentType: request.headers.get('Content-Type')?.slice(0, 200) ?? null,
    body: text?.slice(0, MAX_KEPT_BODY) ?? '',
    isCut: query.length > MAX_KEPT_QUERY || (text?.length ?? 0) > MAX_KEPT_BODY || isUnread,
  };
}

/** The request once more, for a dry run; null where too little of it was kept. */
export function requestAgain(kept: ReceivedRequest): Request | null {
  if (kept.isCut || (kept.method !== 'GET' && kept.method !== 'POST')) return null;
  const headers = new Headers();
  if (kept.contentType !== null) headers.set('Content-Type', kept.contentType);
  const hasBody = kept.method === 'POST' && kept.body !== '';
  return new Request(`https://offhook.internal/?${kept.query}`, {
    method: kept.method,
    headers,
    ...(hasBody ? { body: kept.body } : {}),
  });
}
