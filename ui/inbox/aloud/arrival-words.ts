/** A text that came in, as far as it is read out. */
export interface Arrival {
  conversationId: string;
  /** Name or number of the caller. */
  who: string;
  body: string;
  /** In the conversation on screen: then its words are read too. */
  isOpened: boolean;
}

/** A longer text is begun, and can be read on in the conversation. */
const MOST_READ = 160;
/** So many callers are named, the others counted. */
const MOST_NAMED = 2;

/** What came in since something was said last, in one sentence. */
export function arrivalWords(arrivals: readonly Arrival[]): string {
  const count = arrivals.length === 1 ? 'New text' : `${arrivals.length} new texts`;
  const callers = new Map(arrivals.map(({ conversationId, who }) => [conversationId, who]));
  const last = arrivals.findLast(({ isOpened, body }) => isOpened && body.trim() !== '');
  const from = `${count} from ${namesOf([...callers.values()])}`;
  if (last === undefined) return from;
  return arrivals.length === 1
    ? `${from}: ${begun(last.body)}`
    : `${from}. From ${last.who}: ${begun(last.body)}`;
}

function namesOf(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED);
  const others = names.length - named.length;
  if (others === 0) return named.join(' and ');
  return `${named.join(', ')} and ${others === 1 ? 'one other' : `${others} others`}`;
}

/** Up to the end of a word. */
function begun(body: string): string {
  const text = body.trim().replace(/\s+/g, ' ');
  if (text.length <= MOST_READ) return text;
  const cut = text.slice(0, MOST_READ);
  const end = cut.lastIndexOf(' ');
  return `${end < MOST_READ / 2 ? cut : cut.slice(0, end)}…`;
}
