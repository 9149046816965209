import { type FileFormat, MAX_FILE_BYTES } from '../../../src/domain/words/response-files.ts';

export type FileContent =
  | { is: 'read'; format: FileFormat; content: string }
  | { is: 'refused'; message: string };

/** A chosen file as text, whatever a spreadsheet wrote it in. Nothing of what is too large is read. */
export async function fileContent(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<FileContent> {
  if (file.size > MAX_FILE_BYTES) return refused('This file is too large: 2 MB is the most.');
  if (/\.(xlsx?|ods|numbers)$/i.test(file.name)) {
    return refused('This is a workbook. Save it as “CSV UTF-8” in your spreadsheet, then choose that file.');
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return refused('This file could not be read. Choose it again.');
  }
  const content = decoded(bytes);
  if (content === null) {
    return refused('The letters of this file cannot be read. Save it as “CSV UTF-8”, then choose it again.');
  }
  const format = /^[\s\ufeff]*[{[]/.test(content) ? 'json' : 'csv';
  return { is: 'read', format, content };
}

/** Null where it is in neither of the ways that say what they are. */
function decoded(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}

function refused(message: string): FileContent {
  return { is: 'refused', message };
}
