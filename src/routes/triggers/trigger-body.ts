import { type Field, fieldsOfJson, fieldsOfPairs } from '../../phone-systems/reading.ts';
import { Problem } from '../../problem.ts';
import { bodyUpTo } from '../door/limited-body.ts';

const MAX_BODY_BYTES = 16 * 1024;

export interface TriggerBody {
  bytes: Uint8Array<ArrayBuffer>;
  text: string;
}

export const NO_BODY: TriggerBody = { bytes: new Uint8Array(), text: '' };

/** Throws `too-large` or `malformed-request`. */
export async function bodyOfTrigger(request: Request): Promise<TriggerBody> {
  if (request.method === 'GET') return NO_BODY;
  const bytes = await bodyUpTo(MAX_BODY_BYTES, request);
  return { bytes, text: new TextDecoder().decode(bytes).trim() };
}

/**
 * Every field of a trigger's request, those of the body before those of the query. Throws `wrong-media-type` or
 * `malformed-request`; lenient about what dial plans commonly get wrong, which is the Content-Type: curl calls
 * everything a form, and some phone systems name no type at all.
 */
export async function fieldsOfRequest(request: Request, { text, bytes }: TriggerBody): Promise<Field[]> {
  const query = fieldsOfPairs(new URL(request.url).searchParams);
  if (text === '') return query;
  return [...(await fieldsOfBody(request.headers.get('Content-Type') ?? '', text, bytes)), ...query];
}

async function fieldsOfBody(
  contentType: string,
  text: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Field[]> {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (/^[a-z]+\/(?:[\w.-]+\+)?json$/.test(mediaType)) return fieldsOfText(text);
  if (mediaType === 'multipart/form-data') return fieldsOfMultipart(contentType, bytes);
  if (/^[a-z]+\/(?:[\w.-]+\+)?xml$/.test(mediaType)) throw notXml();
  const isForm = mediaType === 'application/x-www-form-urlencoded';
  if (!isForm && mediaType !== 'text/plain' && mediaType !== '') throw new Problem('wrong-media-type');
  if (/^[{[]/.test(text)) return fieldsOfText(text);
  if (text.startsWith('<')) throw notXml();
  if (!isForm && !text.includes('=')) throw new Problem('wrong-media-type');
  return fieldsOfPairs(new URLSearchParams(text));
}

function fieldsOfText(text: string): Field[] {
  const body = parsed(text);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return fieldsOfJson(body);
  throw new Problem('malformed-request', {
    message: 'The body is not a JSON object. Check it and send it again.',
  });
}

function notXml(): Problem {
  return new Problem('wrong-media-type', {
    message: 'XML is not read. In the phone system choose JSON, or a form, as the content type.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function fieldsOfMultipart(contentType: string, bytes: Uint8Array<ArrayBuffer>): Promise<Field[]> {
  try {
    const form = await new Response(bytes, { headers: { 'Content-Type': contentType } }).formData();
    const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    return fieldsOfPairs(pairs);
  } catch {
    throw new Problem('malformed-request', {
      message: 'The form could not be read. Check it and send it again.',
    });
  }
}
