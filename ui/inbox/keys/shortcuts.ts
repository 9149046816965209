/**
 * Every key of the inbox, what it is for, and the words that say so. The keyboard itself, the list under `?`, the
 * hints of the palette and `aria-keyshortcuts` are all made from this table, so that they cannot disagree.
 *
 * A chord is written as `chordOf` reads one: `Mod` is ⌘ on a Mac and Ctrl elsewhere.
 */

/** `writing`: in the composer, which sees to these itself. */
export type Where = 'everywhere' | 'inbox' | 'writing';
export type Group = 'Conversations' | 'In a conversation' | 'Writing' | 'Everywhere';

export interface Shortcut {
  /** Each of these will do. */
  keys: readonly string[];
  /** These too, while the keyboard is in the list. */
  inList?: readonly string[];
  words: string;
  group: Group;
  where: Where;
  /** Goes on while the key is held down. */
  repeats?: true;
}

export const SHORTCUTS = {
  'next-row': {
    keys: ['j'],
    inList: ['ArrowDown'],
    words: 'Next in the list',
    group: 'Conversations',
    where: 'inbox',
    repeats: true,
  },
  'previous-row': {
    keys: ['k'],
    inList: ['ArrowUp'],
    words: 'Previous in the list',
    group: 'Conversations',
    where: 'inbox',
    repeats: true,
  },
  'first-row': {
    keys: [],
    inList: ['Home'],
    words: 'First in the list',
    group: 'Conversations',
    where: 'inbox',
  },
  'last-row': {
    keys: [],
    inList: ['End'],
    words: 'Last in the list',
    group: 'Conversations',
    where: 'inbox',
  },
  'open-row': { keys: [], inList: ['Enter'], words: 'Open it', group: 'Conversations', where: 'inbox' },
  'next-conversation': {
    keys: [']'],
    words: 'Open the next conversation',
    group: 'Conversations',
    where: 'inbox',
    repeats: true,
  },
  'previous-conversation': {
    keys: ['['],
    words: 'Open the previous conversation',
    group: 'Conversations',
    where: 'inbox',
    repeats: true,
  },
  select: { keys: ['x'], words: 'Select, or select no more', group: 'Conversations', where: 'inbox' },
  search: { keys: ['/'], words: 'Search', group: 'Conversations', where: 'inbox' },
  reply: { keys: ['r'], words: 'Write a reply', group: 'In a conversation', where: 'inbox' },
  note: { keys: ['n'], words: 'Write a note', group: 'In a conversation', where: 'inbox' },
  done: { keys: ['e'], words: 'Mark done, or reopen', group: 'In a conversation', where: 'inbox' },
  assign: { keys: ['a'], words: 'Assign to somebody', group: 'In a conversation', where: 'inbox' },
  take: { keys: ['i'], words: 'Assign to me', group: 'In a conversation', where: 'inbox' },
  snooze: { keys: ['h'], words: 'Snooze', group: 'In a conversation', where: 'inbox' },
  'needs-reply': {
    keys: ['u'],
    words: 'No reply needed, or needs one',
    group: 'In a conversation',
    where: 'inbox',
  },
  send: { keys: ['Mod+Enter'], words: 'Send', group: 'Writing', where: 'writing' },
  'send-and-done': {
    keys: ['Mod+Shift+Enter'],
    words: 'Send and mark done',
    group: 'Writing',
    where: 'writing',
  },
  'quick-responses': { keys: ['/'], words: 'Quick responses', group: 'Writing', where: 'writing' },
  'undo-send': {
    keys: ['Mod+z'],
    words: 'Take back what is about to be sent',
    group: 'Writing',
    where: 'writing',
  },
  palette: {
    keys: ['Mod+k'],
    words: 'Find or do anything',
    group: 'Everywhere',
    where: 'everywhere',
  },
  go: {
    keys: ['g'],
    words: 'Go to a view or page: then its letter',
    group: 'Everywhere',
    where: 'everywhere',
  },
  back: {
    keys: ['Escape'],
    words: 'Close what is open, then back to the list',
    group: 'Everywhere',
    where: 'inbox',
  },
  undo: { keys: ['z'], words: 'Take back what was just done', group: 'Everywhere', where: 'everywhere' },
  help: { keys: ['?'], words: 'Show these shortcuts', group: 'Everywhere', where: 'everywhere' },
} as const satisfies Record<string, Shortcut>;

export type Action = keyof typeof SHORTCUTS;

export const ACTIONS = Object.keys(SHORTCUTS) as Action[];
export const GROUPS: readonly Group[] = ['Conversations', 'In a conversation', 'Writing', 'Everywhere'];

export function shortcut(action: Action): Shortcut {
  return SHORTCUTS[action];
}

/** As they are listed. */
export function allKeys(action: Action): readonly string[] {
  const { keys, inList = [] } = shortcut(action);
  return [...keys, ...inList];
}

/** A letter or sign alone: what speech input may type by mistake, and what can be switched off (WCAG 2.1.4). */
export function isSingleKey(chord: string): boolean {
  return chord.length === 1;
}
