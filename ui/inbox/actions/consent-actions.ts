import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { conversationPath, request } from '../api.ts';
import { COMPOSER, focusSoon } from '../focus.ts';
import * as changes from '../state/consent-changes.ts';
import { summariesMerged } from '../state/inbox-changes.ts';
import type { ConsentDialog } from '../state/state.ts';
import { change, state } from '../store.ts';
import { notify } from './session-actions.ts';

/** `no-opt-out`: what sounded like a wish to get no more texts was none. */
type ConsentSaid =
  | { state: 'opted-out'; reason: string | null }
  | { state: 'given'; reason: string }
  | { state: 'no-opt-out' };

export function askConsent(conversationId: string, becomes: ConsentDialog['becomes']): void {
  change(changes.consentAsked, conversationId, becomes);
}

export function leaveConsent(): void {
  change(changes.consentLeft);
}

/** What the dialog was filled in with. It stays open until the server has it. */
export async function recordAsked(reason: string): Promise<void> {
  const asked = state.peek().consentDialog;
  if (asked === null || asked.isBusy) return;
  const { conversationId, becomes } = asked;
  if (becomes === 'given' && reason === '') {
    change(changes.consentRefused, 'Say how you know.');
    return;
  }
  const said: ConsentSaid =
    becomes === 'given'
      ? { state: 'given', reason }
      : { state: 'opted-out', reason: reason === '' ? null : reason };
  change(changes.consentSent);
  const error = await tell(conversationId, said);
  if (error !== null) {
    change(changes.consentRefused, error);
    return;
  }
  change(changes.consentLeft);
  notify(becomes === 'given' ? 'Opt-in recorded' : 'Opt-out recorded');
  if (becomes === 'given') focusSoon(COMPOSER);
}

/** One tap: the caller's own words are the reason. */
export async function acceptSuggestion(conversationId: string): Promise<void> {
  const error = await tell(conversationId, { state: 'opted-out', reason: 'They wrote it in a text' });
  notify(error ?? 'Opt-out recorded');
  focusSoon(COMPOSER);
}

export async function dismissSuggestion(conversationId: string): Promise<void> {
  const error = await tell(conversationId, { state: 'no-opt-out' });
  if (error !== null) notify(error);
  focusSoon(COMPOSER);
}

/** Answers what went wrong, or null. */
async function tell(conversationId: string, said: ConsentSaid): Promise<string | null> {
  const answer = await request<{ conversation: ConversationSummary }>(
    'POST',
    `${conversationPath(conversationId)}/consent`,
    said,
    { parts: 'conversation' },
  );
  if (!answer.ok) return answer.message;
  change(summariesMerged, [answer.value.conversation]);
  return null;
}
