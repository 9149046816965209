import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { EscalationLevel } from '../../src/domain/waiting/waiting-clock.ts';

/** What counts how long callers wait; null until it has come, see later.ts. */
export const waits = signal<typeof import('./waiting/waiting.ts') | null>(null);

/** Who was told that a caller has waited for too long. */
export type Escalated = EscalationLevel | null;

export type Waiting = Pick<ConversationSummary, 'line' | 'state' | 'waitingSince'>;

/** Drawn anew only when it is another one, not with every minute. */
export function useEscalated({ line, state, waitingSince }: Waiting): Escalated {
  const escalated = useMemo(
    () => computed(() => waits.value?.escalatedOf({ line, state, waitingSince }) ?? null),
    [line.id, state, waitingSince],
  );
  return escalated.value;
}
