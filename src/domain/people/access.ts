import type { StaffRef } from '../conversation/message.ts';

/** On whose behalf an object acts: it shows and changes only what belongs to these practices. */
export interface Access {
  staff: StaffRef;
  practiceIds: readonly string[];
}
