import type { TableReading } from './file-reading.ts';

/**
 * What this browser remembers of an import that has not ended, so that the same file goes on where it was: how the
 * file is read, and nothing that is in it.
 */
export interface KeptImport {
  fileName: string;
  size: number;
  lastModified: number;
  reading: TableReading | null;
}

const key = (practiceId: string) => `offhook-import ${practiceId}`;

export function keptImport(practiceId: string): KeptImport | null {
  try {
    return JSON.parse(localStorage.getItem(key(practiceId)) ?? 'null') as KeptImport | null;
  } catch {
    return null;
  }
}

export function keepImport(practiceId: string, kept: KeptImport | null): void {
  try {
    if (kept === null) localStorage.removeItem(key(practiceId));
    else localStorage.setItem(key(practiceId), JSON.stringify(kept));
  } catch {
    // A browser that stores nothing reads the file from its beginning, which changes nothing.
  }
}

export function isSameFile(kept: KeptImport, { name, size, lastModified }: File): boolean {
  return kept.fileName === name && kept.size === size && kept.lastModified === lastModified;
}

/** The same file read in the same way goes on; another one, or another way, begins anew. */
export async function fingerprintOf(file: File, reading: TableReading | null): Promise<string> {
  const head = await file.slice(0, 65_536).arrayBuffer();
  const about = `${file.name} ${file.size} ${file.lastModified} ${JSON.stringify(reading)}`;
  const all = new Blob([about, head]);
  const digest = await crypto.subtle.digest('SHA-256', await all.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
