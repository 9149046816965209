/** How the text of a file is written, by its first bytes: what `TextDecoder` calls it. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const ENOUGH = 64;

export function textEncoding(head: Uint8Array): TextEncoding {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Western letters in UTF-16 have a zero beside them.
  const start = head.subarray(0, ENOUGH);
  const zeros = (parity: number) => start.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  if (start.length > 3 && zeros(1) > start.length / 4) return 'utf-16le';
  if (start.length > 3 && zeros(0) > start.length / 4) return 'utf-16be';
  try {
    // Not to its end: the last character may go on behind it.
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

export type FileKind = 'table' | 'fhir';

/** What a file is, whatever its name says; or why it is none that can be read. */
export function fileKind(
  head: Uint8Array,
  text: string,
): { is: FileKind } | { is: 'unreadable'; message: string } {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  if (head.length === 0) return unreadable('This file is empty.');
  if (starts(0x50, 0x4b) || starts(0xd0, 0xcf, 0x11, 0xe0))
    return unreadable(
      'This is a workbook or an archive. Save the sheet as CSV (UTF-8), and choose that file.',
    );
  if (starts(0x25, 0x50, 0x44, 0x46))
    return unreadable('This is a PDF. Export the patients as a table (CSV).');
  if (text.includes('\u0000'))
    return unreadable('This is not a text file. Export the patients as a table (CSV).');
  const begin = text.trimStart().slice(0, 200);
  if (begin === '') return unreadable('This file has nothing but spaces in it.');
  if (begin.startsWith('<'))
    return unreadable('This is a web page or XML. Export the patients as a table (CSV).');
  if (!/^[[{]/.test(begin)) return { is: 'table' };
  const [line = ''] = text.trimStart().split('\n');
  if (begin.startsWith('[') || !isWhole(line, text) || /"resourceType"\s*:\s*"Bundle"/.test(begin))
    return unreadable('This is one JSON document. Export FHIR as NDJSON: one patient on each line.');
  return { is: 'fhir' };
}

/** A first line that goes on behind the head may be anything. */
function isWhole(line: string, text: string): boolean {
  if (line.length === text.trimStart().length) return true;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function unreadable(message: string): { is: 'unreadable'; message: string } {
  return { is: 'unreadable', message };
}
