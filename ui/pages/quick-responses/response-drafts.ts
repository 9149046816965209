import type { WrittenResponse } from '../../../src/domain/words/quick-response.ts';
import { keptDrafts } from '../../shell/kept-drafts.ts';

/** By practice and quick response. `version` is that of the one that was there when the change began. */
export const responseDrafts = keptDrafts<{ draft: WrittenResponse; version: number }>();
