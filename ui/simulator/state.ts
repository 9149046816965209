import {
  HANDSET_MEDIA,
  type HandsetMedia,
  type HandsetMessage,
  type LineToCall,
  type SimulatedCall,
} from '../../src/domain/conversation/handset.ts';
import type { UseCase } from '../../src/domain/triggers/use-case.ts';
import type { PhoneCall } from './call.ts';

export type Screen =
  | { name: 'home' }
  | { name: 'call' }
  | { name: 'messages' }
  /** `line` is its number, E.164. */
  | { name: 'thread'; line: string };

/** One webhook that the phone system fired, or why it had none to fire. */
export interface LogEntry {
  id: string;
  at: number;
  useCase: UseCase;
  waitedSeconds: number;
  outcome: { is: 'asked' } | { is: 'answered'; call: SimulatedCall } | { is: 'not-fired'; because: string };
}

export interface State {
  /** Ten digits. */
  number: string;
  lines: { is: 'loading' } | { is: 'ready'; lines: LineToCall[] } | { is: 'failed'; message: string };
  language: string;
  screen: Screen;
  call: PhoneCall | null;
  /** Oldest first; null until they were asked for once, so that old texts do not arrive with a sound. */
  messages: HandsetMessage[] | null;
  unread: ReadonlySet<string>;
  /** The text that slid in on top of the screen. */
  banner: HandsetMessage | null;
  /** By line. */
  drafts: Readonly<Record<string, string>>;
  /** Pictures that leave with the draft, by line. */
  attached: Readonly<Record<string, readonly HandsetMedia[]>>;
  /** Those that left from this page, by the text they left with. */
  sentPictures: Readonly<Record<string, readonly HandsetMedia[]>>;
  sending: { is: 'idle' } | { is: 'under-way' } | { is: 'failed'; message: string };
  /** Newest first. */
  log: LogEntry[];
  isSoundOn: boolean;
}

const LOG_LENGTH = 20;

export function initialState(number: string, isSoundOn: boolean): State {
  return {
    number,
    lines: { is: 'loading' },
    language: 'en',
    screen: { name: 'home' },
    call: null,
    messages: null,
    unread: new Set(),
    banner: null,
    drafts: {},
    attached: {},
    sentPictures: {},
    sending: { is: 'idle' },
    log: [],
    isSoundOn,
  };
}

/** Another phone: nothing of the old one is on it. */
export function phoneChanged(state: State, number: string): State {
  const { lines, language, isSoundOn, log } = state;
  return { ...initialState(number, isSoundOn), lines, language, log };
}

export function linesLoaded(state: State, lines: State['lines']): State {
  return { ...state, lines };
}

export function languageChosen(state: State, language: string): State {
  return { ...state, language };
}

export function soundSwitched(state: State, isSoundOn: boolean): State {
  return { ...state, isSoundOn };
}

export function screenOpened(state: State, screen: Screen): State {
  const opened: State = { ...state, screen, sending: { is: 'idle' } };
  switch (screen.name) {
    case 'home':
      return { ...opened, banner: null };
    case 'call':
    case 'messages':
      return opened;
    case 'thread':
      return threadRead({ ...opened, banner: null }, screen.line);
  }
}

export function bannerDismissed(state: State): State {
  return { ...state, banner: null };
}

// --- calls ----------------------------------------------------------------------------------------

export function callStarted(state: State, call: PhoneCall): State {
  return { ...state, call, screen: { name: 'call' }, banner: null };
}

export function keyPressed(state: State, key: string): State {
  return state.call
    ? { ...state, call: { ...state.call, typed: (state.call.typed + key).slice(-16) } }
    : state;
}

export function textAskedFor(state: State, at: number): State {
  return state.call ? { ...state, call: { ...state.call, pressedAt: at, isKeypadOpen: false } } : state;
}

export function keypadShown(state: State, isKeypadOpen: boolean): State {
  return state.call ? { ...state, call: { ...state.call, isKeypadOpen } } : state;
}

/** Whoever was reading a text stays there. */
export function callEnded(state: State): State {
  if (state.screen.name !== 'call') return { ...state, call: null };
  return { ...state, call: null, screen: { name: 'home' }, banner: null };
}

export function logged(state: State, entry: LogEntry): State {
  const others = state.log.filter((one) => one.id !== entry.id);
  return { ...state, log: [entry, ...others].sort((a, b) => b.at - a.at).slice(0, LOG_LENGTH) };
}

// --- texts ----------------------------------------------------------------------------------------

/** Texts that the phone did not have before; none the first time. */
export function arrivals(state: State, messages: readonly HandsetMessage[]): HandsetMessage[] {
  if (state.messages === null) return [];
  const known = new Set(state.messages.map(({ id }) => id));
  return messages.filter(({ id, direction }) => direction === 'received' && !known.has(id));
}

export function messagesLoaded(state: State, messages: HandsetMessage[]): State {
  const arrived = arrivals(state, messages);
  const listed = new Set(messages.map(({ id }) => id));
  // Asked for before the newest text was written: that one is merely not in this answer.
  const newer = (state.messages ?? []).filter(({ id }) => !listed.has(id));
  const loaded: State = { ...state, messages: [...messages, ...newer] };
  const unread = new Set([...state.unread, ...arrived.map(({ id }) => id)]);
  const { screen } = state;
  if (screen.name !== 'thread') return { ...loaded, unread, banner: arrived.at(-1) ?? state.banner };
  const elsewhere = arrived.filter(({ from }) => from !== screen.line).at(-1) ?? state.banner;
  return threadRead({ ...loaded, unread, banner: elsewhere }, screen.line);
}

export function draftChanged(state: State, line: string, draft: string): State {
  return { ...state, drafts: { ...state.drafts, [line]: draft } };
}

/** As many as one text takes. */
export function picturesAttached(state: State, line: string, pictures: readonly HandsetMedia[]): State {
  const all = [...(state.attached[line] ?? []), ...pictures].slice(0, HANDSET_MEDIA.count);
  return { ...state, attached: { ...state.attached, [line]: all } };
}

export function pictureDetached(state: State, line: string, place: number): State {
  const others = (state.attached[line] ?? []).filter((_, index) => index !== place);
  return { ...state, attached: { ...state.attached, [line]: others } };
}

export function sendingChanged(state: State, sending: State['sending']): State {
  return { ...state, sending };
}

export function messageWritten(
  state: State,
  message: HandsetMessage,
  sent: readonly HandsetMedia[] = [],
): State {
  const attached = state.attached[message.to] ?? [];
  const others = (state.messages ?? []).filter(({ id }) => id !== message.id);
  return {
    ...state,
    messages: [...others, message],
    drafts: { ...state.drafts, [message.to]: '' },
    // One that was added while these were under way is for the next text.
    attached: { ...state.attached, [message.to]: attached.filter((one) => !sent.includes(one)) },
    sentPictures: { ...state.sentPictures, [message.id]: sent },
    sending: { is: 'idle' },
  };
}

function threadRead(state: State, line: string): State {
  const read = new Set((state.messages ?? []).filter(({ from }) => from === line).map(({ id }) => id));
  return { ...state, unread: new Set([...state.unread].filter((id) => !read.has(id))) };
}
