import { signal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { phraseValues, type SmartPhrases } from '../../../src/domain/words/phrase-values.ts';
import type { QuickResponses } from '../../../src/domain/words/quick-response.ts';
import type { PhraseValues } from '../../../src/domain/words/smart-phrase.ts';
import { claims } from '../../shell/claims.ts';
import { undoSeconds } from '../../shell/undo-send.ts';
import { practicePath, request } from '../api.ts';
import { practice, session } from '../store.ts';

type Told = SmartPhrases & { undoSeconds: number; claims: boolean };

export interface Known {
  /** Whose, and of which practice and line. */
  key: string;
  responses: QuickResponses | null;
  phrases: SmartPhrases | null;
  /** Why there is nothing newer. */
  problem: string | null;
}

/** What a reply is helped with, as the server told it last; of one person, and gone when there is another one. */
export const known = signal<Known>({ key: '', responses: null, phrases: null, problem: null });

/** By which the server knows that we have the newest. */
let tag: string | null = null;
let tagKey = '';

export function keyOf({ practiceId, line }: ConversationSummary): string {
  return `${session.peek()?.staff.id ?? ''} ${practiceId} ${line.id}`;
}

/** What is known of this conversation's line; nothing of another one's. */
export function knownOf(conversation: ConversationSummary): Known {
  const key = keyOf(conversation);
  return known.value.key === key ? known.value : { key, responses: null, phrases: null, problem: null };
}

/** Asks for what has changed; what there is stays in use until the answer comes. */
export async function refresh(
  conversation: ConversationSummary,
  { withResponses = false } = {},
): Promise<void> {
  const key = keyOf(conversation);
  const { practiceId, line } = conversation;
  if (known.peek().key !== key) known.value = { ...knownOf(conversation) };
  const [phrases, responses] = await Promise.all([
    request<Told>(
      'GET',
      `${practicePath(practiceId)}/smart-phrases?${new URLSearchParams({ line: line.id })}`,
    ),
    withResponses ? newestResponses(practiceId) : null,
  ]);
  if (phrases.ok) {
    undoSeconds.value = phrases.value.undoSeconds;
    claims.value = phrases.value.claims;
  }
  if (known.peek().key !== key) return;
  known.value = {
    key,
    phrases: phrases.ok ? phrases.value : known.peek().phrases,
    responses: responses?.is === 'newer' ? responses.responses : known.peek().responses,
    problem: phrases.ok ? (responses?.is === 'failed' ? responses.message : null) : phrases.message,
  };
}

/** When the composer comes on screen; once for each person. */
export function begin(conversation: ConversationSummary): void {
  const isTold = known.peek().key.startsWith(`${session.peek()?.staff.id ?? ''} `);
  if (isTold && undoSeconds.peek() !== null) return;
  undoSeconds.value = null;
  void refresh(conversation);
}

type Newest = { is: 'newer'; responses: QuickResponses } | { is: 'same' } | { is: 'failed'; message: string };

async function newestResponses(practiceId: string): Promise<Newest> {
  const key = `${session.peek()?.staff.id ?? ''} ${practiceId}`;
  const isKnown = tag !== null && tagKey === key && known.peek().responses !== null;
  try {
    const answer = await fetch(`${practicePath(practiceId)}/quick-responses`, {
      headers: isKnown && tag !== null ? { 'If-None-Match': tag } : {},
      signal: AbortSignal.timeout(15_000),
    });
    if (answer.status === 304) return { is: 'same' };
    if (!answer.ok) return { is: 'failed', message: 'The quick responses could not be loaded. Try again.' };
    tag = answer.headers.get('ETag');
    tagKey = key;
    return { is: 'newer', responses: (await answer.json()) as QuickResponses };
  } catch {
    return { is: 'failed', message: 'Offhook could not be reached. Check the connection and try again.' };
  }
}

/** What fills in a reply in this conversation, as far as it is known. */
export function valuesFor(conversation: ConversationSummary): PhraseValues {
  const { phrases } = knownOf(conversation);
  const [place, staff] = [practice.value, session.value?.staff];
  if (phrases === null || !place || staff === undefined) return new Map();
  const { caller, line, language } = conversation;
  return phraseValues(phrases, { caller, practice: place, line, staff, language });
}
