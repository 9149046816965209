/**
 * Reads a table piece by piece, as it comes: RFC 4180, and what programs write instead. Lines end as they like, a
 * quote inside a cell that does not begin with one is a quote, and what follows a closed quote belongs to the cell.
 */

export interface CsvRecord {
  /** As a spreadsheet counts: from 1, empty rows too. */
  row: number;
  cells: string[];
}

/** No row of a table of people is that long: the file is something else, or a quote is never closed. */
export const MAX_RECORD = 100_000;

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export type CsvPiece = { is: 'records'; records: CsvRecord[] } | { is: 'too-long' | 'cut-off'; row: number };

type Within = 'start' | 'plain' | 'quoted' | 'closed';

export class CsvReader {
  readonly #delimiter: string;
  #within: Within = 'start';
  #cells: string[] = [];
  #cell = '';
  #length = 0;
  #row = 1;
  #isAfterReturn = false;

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter;
  }

  /** The records that end in this piece. */
  read(text: string): CsvPiece {
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length) {
      const end = this.#endOfRun(text, at);
      this.#cell += text.slice(at, end);
      this.#length += end - at + 1;
      if (this.#length > MAX_RECORD) return { is: 'too-long', row: this.#row };
      if (end > at) {
        this.#isAfterReturn = false;
        if (this.#within !== 'quoted') this.#within = 'plain';
      }
      if (end < text.length) this.#take(text[end] ?? '', records);
      at = end + 1;
    }
    return { is: 'records', records };
  }

  /** The last record, where nothing ends it. */
  end(): CsvPiece {
    if (this.#within === 'quoted') return { is: 'cut-off', row: this.#row };
    const records: CsvRecord[] = [];
    if (this.#within !== 'start' || this.#cells.length > 0) this.#endRecord(records);
    return { is: 'records', records };
  }

  /** Where the next character stands that means something here. */
  #endOfRun(text: string, from: number): number {
    if (this.#within === 'quoted') {
      const quote = text.indexOf('"', from);
      return quote === -1 ? text.length : quote;
    }
    for (let at = from; at < text.length; at += 1) {
      const letter = text[at];
      if (letter === this.#delimiter || letter === '\n' || letter === '\r') return at;
      if (letter === '"' && (this.#within === 'closed' || (this.#within === 'start' && at === from)))
        return at;
    }
    return text.length;
  }

  #take(letter: string, records: CsvRecord[]): void {
    const isSecondHalf = letter === '\n' && this.#isAfterReturn;
    this.#isAfterReturn = letter === '\r' && this.#within !== 'quoted';
    if (letter === '"') this.#quote();
    else if (letter === this.#delimiter) this.#endCell();
    else if (!isSecondHalf) this.#endRecord(records);
  }

  #quote(): void {
    if (this.#within === 'closed') this.#cell += '"';
    this.#within = this.#within === 'quoted' ? 'closed' : 'quoted';
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#within = 'start';
  }

  #endRecord(records: CsvRecord[]): void {
    this.#endCell();
    const isEmpty = this.#cells.every((cell) => cell.trim() === '');
    if (!isEmpty) records.push({ row: this.#row, cells: this.#cells });
    this.#cells = [];
    this.#length = 0;
    this.#row += 1;
  }
}

/** The one by which most rows of the beginning of a file have the same number of cells, and more than one. */
export function guessDelimiter(head: string): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const piece = new CsvReader(delimiter).read(head);
    if (piece.is !== 'records') continue;
    const widths = piece.records.slice(0, 50).map(({ cells }) => cells.length);
    const [first = 1] = widths;
    if (first < 2 && widths.length > 0) continue;
    const score = widths.filter((width) => width === first).length * Math.min(first, 20);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

export type CsvTable = { is: 'read'; records: CsvRecord[] } | { is: 'broken'; row: number };

/** A small file, whole. */
export function readCsv(file: string): CsvTable {
  const text = file.replace(/^\ufeff/, '');
  const reader = new CsvReader(guessDelimiter(text.slice(0, MAX_RECORD)));
  const records: CsvRecord[] = [];
  for (const piece of [reader.read(text), reader.end()]) {
    if (piece.is !== 'records') return { is: 'broken', row: piece.row };
    records.push(...piece.records);
  }
  return { is: 'read', records };
}
