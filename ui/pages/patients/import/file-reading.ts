import { readFhirLine } from '../../../../src/domain/patients/fhir-patient.ts';
import {
  type ColumnMapping,
  MAX_COLUMNS,
  rowFromCells,
} from '../../../../src/domain/patients/patient-columns.ts';
import type { PatientRow } from '../../../../src/domain/patients/patient-row.ts';
import { CsvReader, type Delimiter, guessDelimiter } from '../../../../src/domain/text/csv-reading.ts';
import { LineReader } from '../../../../src/domain/text/line-reading.ts';
import { fileKind, type TextEncoding, textEncoding } from '../../../../src/domain/text/text-encoding.ts';

/** As much of a file as is looked at before it is known what it is. */
const HEAD_BYTES = 64 * 1024;

/** What was found out about a file. */
export type Opened =
  | { is: 'table'; file: File; encoding: TextEncoding; delimiter: Delimiter; head: string[][] }
  | { is: 'fhir'; file: File; encoding: TextEncoding }
  | { is: 'unreadable'; message: string };

export type OpenedFile = Exclude<Opened, { is: 'unreadable' }>;

/** How the rows of a table become patients. */
export interface TableReading {
  hasHeader: boolean;
  mapping: ColumnMapping;
}

export async function openFile(file: File): Promise<Opened> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const encoding = textEncoding(head);
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  const kind = fileKind(head, text);
  if (kind.is === 'unreadable') return kind;
  if (kind.is === 'fhir') return { is: 'fhir', file, encoding };
  const delimiter = guessDelimiter(text);
  const reader = new CsvReader(delimiter);
  const pieces = [reader.read(text), ...(file.size <= HEAD_BYTES ? [reader.end()] : [])];
  const wrong = pieces.find((piece) => piece.is !== 'records');
  if (wrong !== undefined) return { is: 'unreadable', message: brokenWords(wrong) };
  const records = pieces.flatMap((piece) => (piece.is === 'records' ? piece.records : []));
  const [first] = records;
  if (first === undefined) return { is: 'unreadable', message: 'There are no rows in this file.' };
  if (first.cells.length > MAX_COLUMNS) {
    const columns = first.cells.length.toLocaleString('en-US');
    return {
      is: 'unreadable',
      message: `This file has ${columns} columns. Export only those with names, numbers and languages: at most ${MAX_COLUMNS}.`,
    };
  }
  return { is: 'table', file, encoding, delimiter, head: records.map(({ cells }) => cells) };
}

/** A row of the file as the server takes it, or what is wrong with it here already. */
export type FileRow = { is: 'row'; row: PatientRow } | { is: 'refused'; row: number; message: string };

export interface FilePiece {
  rows: FileRow[];
  /** Of the file, read so far. */
  bytes: number;
  /** Why nothing more can be read. */
  broken: string | null;
}

/** The file from its beginning, a piece at a time; nothing of it is kept. */
export async function* readFile(opened: OpenedFile, reading: TableReading | null): AsyncGenerator<FilePiece> {
  const decoder = new TextDecoder(opened.encoding);
  const take =
    opened.is === 'table' && reading !== null ? tableReader(opened.delimiter, reading) : fhirReader();
  let bytes = 0;
  const stream = opened.file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await stream.read();
      bytes += value?.byteLength ?? 0;
      const text = value === undefined ? decoder.decode() : decoder.decode(value, { stream: true });
      const piece = { ...take(text, done), bytes };
      yield piece;
      if (done || piece.broken !== null) return;
    }
  } finally {
    await stream.cancel();
  }
}

type Take = (text: string, isLast: boolean) => Omit<FilePiece, 'bytes'>;

function tableReader(delimiter: Delimiter, { hasHeader, mapping }: TableReading): Take {
  const reader = new CsvReader(delimiter);
  let isHeaderLeft = hasHeader;
  return (text, isLast) => {
    const rows: FileRow[] = [];
    for (const piece of [reader.read(text), ...(isLast ? [reader.end()] : [])]) {
      if (piece.is !== 'records') return { rows, broken: brokenWords(piece) };
      for (const { row, cells } of piece.records) {
        if (isHeaderLeft) isHeaderLeft = false;
        else rows.push({ is: 'row', row: rowFromCells(row, cells, mapping) });
      }
    }
    return { rows, broken: null };
  };
}

function fhirReader(): Take {
  const reader = new LineReader();
  const now = Date.now();
  return (text, isLast) => {
    const rows: FileRow[] = [];
    for (const piece of [reader.read(text), ...(isLast ? [reader.end()] : [])]) {
      if (piece.is !== 'lines') return { rows, broken: brokenWords(piece) };
      for (const line of piece.lines) {
        const read = readFhirLine(line.text, line.row, now);
        rows.push(read.is === 'row' ? read : { ...read, row: line.row });
      }
    }
    return { rows, broken: null };
  };
}

function brokenWords({ is, row }: { is: 'too-long' | 'cut-off' | string; row: number }): string {
  return is === 'cut-off'
    ? `The file ends in the middle of row ${row}: a quote is not closed. It may be cut off; export it again.`
    : `Row ${row} is longer than any row of patients: a quote may not be closed there, or this is another kind of file.`;
}
