import type { TriggerRules } from '../triggers/trigger-rules.ts';
import { openingAt } from './opening-hours.ts';
import type { Schedule } from './schedule.ts';

/** What a trigger would do at an instant, as far as the hours have a say. Without a schedule it is always open. */
export type AtHours =
  | { does: 'text'; text: string; isOpen: boolean }
  /** Epoch ms. */
  | { does: 'hold'; text: string; until: number; isOpen: false }
  | { does: 'nothing'; isOpen: false };

export function atHours(
  trigger: { rules: TriggerRules; text: string },
  schedule: Schedule | null,
  at: number,
): AtHours {
  const { rules, text } = trigger;
  if (rules.hoursRule === 'always' || schedule === null) return { does: 'text', text, isOpen: true };
  const opening = openingAt(schedule, at);
  if (opening.isOpen) return { does: 'text', text, isOpen: true };
  switch (rules.hoursRule) {
    case 'other-text':
      return { does: 'text', text: rules.closedText ?? text, isOpen: false };
    case 'hold':
      // A practice that never opens again would hold it for ever.
      return opening.opensAt === null
        ? { does: 'nothing', isOpen: false }
        : { does: 'hold', text, until: opening.opensAt, isOpen: false };
    case 'nothing':
      return { does: 'nothing', isOpen: false };
  }
}
