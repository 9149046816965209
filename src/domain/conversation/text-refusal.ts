import type { ConversationSummary } from './conversation-summary.ts';

/** Why nothing may be texted to a caller, whoever wants to. */
export type TextRefusal = 'do-not-text' | 'opted-out';

/** The enterprise's list comes first: neither the caller nor staff can lift it. */
export function textRefusal({
  doNotText,
  consent,
}: Pick<ConversationSummary, 'doNotText' | 'consent'>): TextRefusal | null {
  if (doNotText) return 'do-not-text';
  return consent.state === 'opted-out' ? 'opted-out' : null;
}
