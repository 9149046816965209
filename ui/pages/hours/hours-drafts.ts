import type { HoursSetting } from '../../../src/domain/hours/after-hours.ts';
import { keptDrafts } from '../../shell/kept-drafts.ts';
import type { HoursDraft } from './draft.ts';

/** By practice and line. `base` is what stood there when the change began; null where there were no hours. */
export const hoursDrafts = keptDrafts<{ draft: HoursDraft; base: HoursSetting | null }>();
