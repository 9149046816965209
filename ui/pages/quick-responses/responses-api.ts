import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { SmartPhrase } from '../../../src/domain/words/phrase-edits.ts';
import type { SmartPhrases } from '../../../src/domain/words/phrase-values.ts';
import type {
  QuickResponses,
  ResponseGroup,
  WrittenResponse,
} from '../../../src/domain/words/quick-response.ts';
import type { FileFormat, ImportPlan } from '../../../src/domain/words/response-files.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

export interface AllResponses extends QuickResponses {
  /** In which the practice's triggers text. */
  languages: string[];
}

/** What the page asks of the server, for one practice. */
export function responsesApi(practiceId: string) {
  const base = practicePath(practiceId);
  const responses = `${base}/quick-responses`;
  const one = (id: string) => `${responses}/${encodeURIComponent(id)}`;
  return {
    all: (): Promise<Answer<AllResponses>> => request('GET', responses),
    add: (written: WrittenResponse): Promise<Answer<QuickResponses & { id: string }>> =>
      request('POST', responses, written),
    change: (id: string, version: number, written: WrittenResponse): Promise<Answer<QuickResponses>> =>
      request('PUT', one(id), { ...written, version }),
    archive: (id: string, isArchived: boolean): Promise<Answer<QuickResponses>> =>
      request('PATCH', one(id), { isArchived }),
    remove: (id: string): Promise<Answer<QuickResponses>> => request('DELETE', one(id)),
    arrange: (groups: ResponseGroup[], expected: ResponseGroup[]): Promise<Answer<QuickResponses>> =>
      request('PUT', `${base}/quick-response-groups`, { groups, expected }),
    exportPath: (format: FileFormat) => `${base}/quick-response-export?format=${format}`,
    takeIn: (
      format: FileFormat,
      content: string,
      isDryRun: boolean,
    ): Promise<Answer<ImportPlan & Partial<QuickResponses>>> =>
      request('POST', `${base}/quick-response-import`, { format, content, isDryRun }),
    phrases: (lineId: string | null): Promise<Answer<SmartPhrases & { undoSeconds: number }>> =>
      request(
        'GET',
        `${base}/smart-phrases${lineId === null ? '' : `?${new URLSearchParams({ line: lineId })}`}`,
      ),
    setGeneral: (
      phrases: SmartPhrase[],
      expected: SmartPhrase[],
    ): Promise<Answer<{ phrases: SmartPhrase[] }>> =>
      request('PUT', `${base}/smart-phrases`, { phrases, expected }),
    setOwn: (phrases: SmartPhrase[], expected: SmartPhrase[]): Promise<Answer<{ phrases: SmartPhrase[] }>> =>
      request('PUT', '/api/session/smart-phrases', { phrases, expected }),
    conversations: (): Promise<Answer<{ conversations: ConversationSummary[] }>> =>
      request('GET', `${base}/conversations?view=open`),
  };
}

export type ResponsesApi = ReturnType<typeof responsesApi>;
