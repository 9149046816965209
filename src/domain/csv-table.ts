/** Small tables as spreadsheets write and read them (RFC 4180). */

export type CsvReading =
  | { is: 'read'; rows: { line: number; cells: string[] }[] }
  /** `line` is where the trouble begins, from 1. */
  | { is: 'broken'; line: number };

/** Comma, semicolon or tab, whichever the first line has most of. Empty lines are left out. */
export function readCsv(text: string): CsvReading {
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const separator = separatorOf(source.slice(0, (source.indexOf('\n') + 1 || source.length + 1) - 1));
  const rows: { line: number; cells: string[] }[] = [];
  let [at, line, rowLine] = [0, 1, 1];
  let cells: string[] = [];
  const endRow = () => {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: rowLine, cells: cells.map(unguarded) });
    cells = [];
  };
  while (at < source.length) {
    let cell = '';
    if (source[at] === '"') {
      const end = closingQuote(source, at + 1);
      if (end === -1) return { is: 'broken', line };
      cell = source.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
      // What stands behind a quoted cell belongs to no cell.
      if (at < source.length && source[at] !== separator && source[at] !== '\n')
        return { is: 'broken', line };
      line += cell.split('\n').length - 1;
    } else {
      const end = endOfCell(source, at, separator);
      cell = source.slice(at, end);
      at = end;
    }
    cells.push(cell);
    if (source[at] === '\n' || at >= source.length) {
      endRow();
      line += 1;
      rowLine = line;
    } else if (at === source.length - 1) {
      // A separator at the very end: an empty cell follows.
      endRow();
    }
    at += 1;
  }
  return { is: 'read', rows };
}

/** With a byte order mark, by which spreadsheets know that it is UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${csvRows(rows)}`;
}

/** For what goes on: only the beginning of a file has the mark. */
export function csvRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

function separatorOf(head: string): string {
  const counted = [',', ';', '\t'].map((one) => ({ one, count: head.split(one).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).one;
}

function closingQuote(source: string, from: number): number {
  let at = source.indexOf('"', from);
  while (at !== -1 && source[at + 1] === '"') at = source.indexOf('"', at + 2);
  return at;
}

function endOfCell(source: string, from: number, separator: string): number {
  let at = from;
  while (at < source.length && source[at] !== separator && source[at] !== '\n') at += 1;
  return at;
}

function written(cell: string): string {
  const guarded = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Spreadsheets would run what begins like a formula; the apostrophe that keeps them from it is ours. */
function unguarded(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
