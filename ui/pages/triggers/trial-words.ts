import type { Trial } from './triggers-api.ts';

/** What came of a test, in one sentence. */
export function answerWords({ status, answer }: Trial): string {
  const { result, reason, error } = answer ?? {};
  if (error !== undefined) return `Refused (${status}): ${error.message}`;
  if (result === 'texting') return 'The text is on its way.';
  if (result === 'held') return 'The text waits. It leaves later, unless it is called off.';
  if (reason === 'dry-run') return 'A dry run: everything was in order, and nothing was sent.';
  return `No text: ${REASONS[reason ?? ''] ?? reason ?? `the address answered ${status}`}.`;
}

const REASONS: Record<string, string> = {
  withheld: 'the number is withheld',
  'not-textable': 'this number cannot get texts',
  'trigger-off': 'the trigger is switched off',
  stale: 'the call is too long ago',
  closed: 'the practice is closed',
  duplicate: 'this call has had its text',
  'same-journey': 'the same call has had its text',
  cooldown: 'this number was texted a short while ago',
  'live-conversation': 'a conversation with this number is going on',
  answered: 'the caller got through',
  'opted-out': 'this number has opted out of texts',
  landline: 'this number is a landline',
};
