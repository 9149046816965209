import { begun } from '../../src/domain/conversation/conversation-rules.ts';
import {
  type ConversationSummary,
  SNIPPET_LENGTH,
} from '../../src/domain/conversation/conversation-summary.ts';
import { type Message, newMessage } from '../../src/domain/conversation/message.ts';
import { Random } from '../served/random.ts';

/** Conversations as a busy practice would have them: numbered, and the same every time. */

export const CONVERSATIONS_PER_FILL = 2000;

const SYLLABLES = ['ba', 'co', 'di', 'fe', 'gu', 'ha', 'ki', 'lo', 'mu', 'ne', 'pa', 'ri', 'so', 'te', 'vu'];
const VOCABULARY = 3000;

/** In as many texts as this, one says it. */
const RARE_EVERY = 20_000;
export const RARE_WORD = 'xylophone';

/** Since when they wait, or wrote: the newest is the last. */
const LATEST = Date.UTC(2026, 10, 2);

export function summaryNumber(n: number): ConversationSummary {
  const at = LATEST - (1_000_000 - n) * 1000;
  const line = {
    id: 'lakeside-main',
    name: 'Main line',
    number: '+12062020100',
    carrier: 'simulator',
    segmentsPerSecond: 1000,
    looksUpLineType: false,
  } as const;
  const caller = `+1206${2_000_000 + n}`;
  const id = n.toString(16).padStart(64, '0');
  return {
    ...begun({ id, practiceId: 'lakeside', line, caller, language: 'en', at }),
    version: 1,
    lastSeq: 1,
    // One in ten is owed an answer.
    waitingSince: n % 10 === 0 ? at : null,
    last: { at, kind: 'text-in', snippet: bodyNumber(n).slice(0, SNIPPET_LENGTH) },
  };
}

export function textNumber(n: number): Message {
  return newMessage({ id: `text-${n}`, kind: 'text-in', body: bodyNumber(n) }, 1, LATEST);
}

function bodyNumber(n: number): string {
  const random = new Random(n);
  const words = Array.from({ length: random.between(6, 20) }, () => word(rankIn(random)));
  if (n % RARE_EVERY === 0) words.push(RARE_WORD);
  return words.join(' ');
}

/** The word of this rank: 0 is in two of three texts, and the further down the rarer, as in speech. */
export function word(rank: number): string {
  const all = SYLLABLES.length;
  const parts = [rank % all, Math.floor(rank / all) % all, Math.floor(rank / all / all) % all, rank % 7];
  return parts.map((part) => SYLLABLES[part]).join('');
}

function rankIn(random: Random): number {
  return Math.floor(VOCABULARY ** random.next()) - 1;
}
