import type { Practice } from '../people/signed-in.ts';

/** A practice as those see it who set it up. */
export interface PracticeProfile extends Practice {
  /** E.164; null where nobody said. */
  mainNumber: string | null;
  version: number;
  /** Null: before anybody counted. */
  madeAt: number | null;
  archivedAt: number | null;
}
