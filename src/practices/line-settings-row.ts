import type { CarrierName } from '../domain/calls/firing.ts';
import type { LineSettings } from '../domain/practice/line-settings.ts';

export interface LineSettingsRow {
  id: string;
  name: string;
  number: string;
  main_number: string | null;
  carrier: CarrierName;
  segments_per_second: number;
  looks_up_line_type: 0 | 1;
  version: number;
  retired_at: number | null;
  carrier_check: string | null;
  text_in_at: number | null;
}

export const LINE_SETTINGS = `id, name, number, main_number, carrier, segments_per_second, looks_up_line_type,
  version, retired_at, carrier_check, text_in_at`;

export function lineSettingsFrom(row: LineSettingsRow): LineSettings {
  const { id, name, number, carrier, version } = row;
  return {
    id,
    name,
    number,
    carrier,
    segmentsPerSecond: row.segments_per_second,
    looksUpLineType: row.looks_up_line_type === 1,
    mainNumber: row.main_number,
    version,
    retiredAt: row.retired_at,
    carrierCheck:
      row.carrier_check === null ? null : (JSON.parse(row.carrier_check) as LineSettings['carrierCheck']),
    textInAt: row.text_in_at,
  };
}
