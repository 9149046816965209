import type { CarrierName } from '../../../src/domain/calls/firing.ts';
import type { CarrierOffer, LineSettings } from '../../../src/domain/practice/line-settings.ts';
import { type Answer, practicePath, request } from '../../shell/page.ts';

export type ShownLine = LineSettings & { canLookUpLineType: boolean };

export interface AllLines {
  lines: ShownLine[];
  retired: ShownLine[];
  carriers: CarrierOffer[];
}

export interface NewLine {
  name: string;
  number: string;
  carrier: CarrierName;
  mainNumber: string | null;
}

export type LineChange = Partial<
  Pick<LineSettings, 'name' | 'carrier' | 'mainNumber' | 'segmentsPerSecond' | 'looksUpLineType'>
>;

type OneLine = Promise<Answer<{ line: ShownLine }>>;

/** What the page asks of the server, for one practice. */
export function linesApi(practiceId: string) {
  const practice = practicePath(practiceId);
  const line = (id: string) => `${practice}/lines/${encodeURIComponent(id)}`;
  return {
    all: (): Promise<Answer<AllLines>> => request('GET', `${practice}/lines`, undefined, { parts: 'lines*' }),
    /** Where a new line's calls go, unless somebody says otherwise. */
    mainNumber: (): Promise<Answer<{ practice: { mainNumber: string | null } }>> => request('GET', practice),
    add: (added: NewLine): OneLine => request('POST', `${practice}/lines`, added),
    change: (id: string, change: LineChange, version: number): OneLine =>
      request('PATCH', line(id), { ...change, version }),
    check: (id: string): OneLine => request('POST', `${line(id)}/carrier-check`),
    retire: (id: string): Promise<Answer<null>> => request('POST', `${line(id)}/retired`),
    bringBack: (id: string): Promise<Answer<null>> => request('DELETE', `${line(id)}/retired`),
  };
}

export type LinesApi = ReturnType<typeof linesApi>;
