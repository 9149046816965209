import { MAX_RECORD } from './csv-reading.ts';

export type LinesPiece =
  | { is: 'lines'; lines: { row: number; text: string }[] }
  | { is: 'too-long'; row: number };

/** Reads lines piece by piece, as they come; empty ones only count. */
export class LineReader {
  #rest = '';
  #row = 1;

  read(text: string): LinesPiece {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    const lines: { row: number; text: string }[] = [];
    for (const part of parts) {
      if (part.length > MAX_RECORD) return { is: 'too-long', row: this.#row };
      if (part.trim() !== '') lines.push({ row: this.#row, text: part });
      this.#row += 1;
    }
    if (this.#rest.length > MAX_RECORD) return { is: 'too-long', row: this.#row };
    return { is: 'lines', lines };
  }

  /** The last line, where nothing ends it. */
  end(): LinesPiece {
    const text = this.#rest;
    this.#rest = '';
    return { is: 'lines', lines: text.trim() === '' ? [] : [{ row: this.#row, text }] };
  }
}
