import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { FailureReason } from '../../src/domain/conversation/failure-reason.ts';
import { PROBLEM_WORDS } from './words.ts';

export interface Chip {
  text: string;
  tone: 'warn' | 'danger';
}

/**
 * That it cannot wait, that what was written did not leave, and what stands in the way of texting this caller, each
 * thing said once however often it is known. `isUnsent`: what this person wrote has not reached Offhook.
 */
export function chipsOf(
  { urgent, consent, doNotText, cannotText, problem }: ConversationSummary,
  isUnsent: boolean,
): Chip[] {
  const lasting = [
    ...(doNotText ? [PROBLEM_WORDS['do-not-text']] : []),
    ...(consent.state === 'opted-out' ? [PROBLEM_WORDS.blocked] : []),
    ...(cannotText === null ? [] : [PROBLEM_WORDS[cannotText]]),
  ];
  const failed = problem === null ? (isUnsent ? ['Not sent'] : []) : [notSent(problem, lasting)];
  const passing = [...(urgent ? [`Urgent: “${urgent.phrase}”`] : []), ...failed];
  return [
    ...passing.map((text) => ({ text, tone: 'danger' as const })),
    ...lasting.map((text) => ({ text, tone: 'warn' as const })),
  ];
}

function notSent(problem: FailureReason, lasting: readonly string[]): string {
  const why = PROBLEM_WORDS[problem];
  if (why.startsWith('Not ')) return why;
  return lasting.includes(why) ? 'Not sent' : `Not sent: ${why.toLowerCase()}`;
}
