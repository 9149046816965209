import type { PracticeProfile } from '../../../src/domain/practice/practice-profile.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

type Change = Pick<PracticeProfile, 'name' | 'kind' | 'timeZone' | 'mainNumber' | 'version'>;

/** What the page asks of the server, for one practice. */
export function practiceApi(practiceId: string) {
  const base = practicePath(practiceId);
  return {
    get: (): Promise<Answer<{ practice: PracticeProfile }>> => request('GET', base),
    change: (change: Change): Promise<Answer<{ practice: PracticeProfile }>> =>
      request('PATCH', base, change),
    archive: (): Promise<Answer<null>> => request('POST', `${base}/archive`),
  };
}

export type PracticeApi = ReturnType<typeof practiceApi>;
