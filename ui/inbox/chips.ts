import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { PROBLEM_WORDS } from './words.ts';

export interface Chip {
  text: string;
  tone: 'warn' | 'danger';
}

/** That it cannot wait, and what stands in the way of texting this caller, each thing said once however often it is known. */
export function chipsOf({ urgent, consent, doNotText, cannotText, problem }: ConversationSummary): Chip[] {
  const lasting = [
    ...(doNotText ? [PROBLEM_WORDS['do-not-text']] : []),
    ...(consent.state === 'opted-out' ? [PROBLEM_WORDS.blocked] : []),
    ...(cannotText === null ? [] : [PROBLEM_WORDS[cannotText]]),
  ];
  const passing = problem === null ? [] : [PROBLEM_WORDS[problem]];
  return [
    ...(urgent ? [{ text: `Urgent: “${urgent.phrase}”`, tone: 'danger' as const }] : []),
    ...passing.filter((text) => !lasting.includes(text)).map((text) => ({ text, tone: 'danger' as const })),
    ...lasting.map((text) => ({ text, tone: 'warn' as const })),
  ];
}
