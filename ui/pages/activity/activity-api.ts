import type {
  ActivityDetail,
  ActivityEntry,
  BeyondText,
  Replayed,
} from '../../../src/domain/activity/activity-entry.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';
import type { Asked } from './entries.ts';

export interface ActivityAnswer {
  activity: ActivityEntry[];
  nextCursor: string | null;
  /** Only of a first page. */
  beyondText?: BeyondText;
  /** Names by id; only of a first page. */
  phoneSystems?: Record<string, string>;
}

export function activityPage(practiceId: string, { outcome, typed }: Asked, cursor: string | null) {
  const search = new URLSearchParams();
  if (outcome !== '') search.set('outcome', outcome);
  if (typed !== '') search.set('q', typed);
  if (cursor !== null) search.set('cursor', cursor);
  return request<ActivityAnswer>('GET', `${practicePath(practiceId)}/activity?${search}`);
}

export function openedActivity(practiceId: string, id: string): Promise<Answer<ActivityDetail>> {
  return request<ActivityDetail>('GET', `${practicePath(practiceId)}/activity/${encodeURIComponent(id)}`);
}

export function replayed(practiceId: string, id: string): Promise<Answer<Replayed>> {
  const path = `${practicePath(practiceId)}/activity/${encodeURIComponent(id)}/replay`;
  return request<Replayed>('POST', path, {});
}
