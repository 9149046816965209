import type { PatientImport } from '../../../../src/domain/patients/patient-import.ts';
import type { PatientRow } from '../../../../src/domain/patients/patient-row.ts';
import type { Answer } from '../../../shell/page.ts';
import type { FaultFile } from './fault-file.ts';
import type { FilePiece } from './file-reading.ts';
import type { Batch, ImportApi } from './import-api.ts';

/** Large enough that the way to the server does not count, and answered within a moment. */
export const ROWS_IN_A_BATCH = 500;

/** A connection that is gone is asked for again; a server that is busy too. */
const TRY_AGAIN_MS = [500, 1_000, 2_000, 5_000, 10_000];

export interface Progress {
  import: PatientImport;
  /** Of the file, dealt with so far. */
  bytes: number;
  /** The connection is gone, and is being tried again. */
  isWaiting: boolean;
}

export type Ended =
  | { is: 'finished'; import: PatientImport }
  /** By whoever started it, or because the page was left. */
  | { is: 'stopped' }
  /** It can go on later, with the same file. */
  | { is: 'failed'; message: string; canGoOn: boolean };

interface Run {
  api: ImportApi;
  begun: PatientImport;
  pieces: AsyncIterable<FilePiece>;
  faults: FaultFile;
  signal: AbortSignal;
  tell: (progress: Progress) => void;
}

/** Sends what is left of a file, one batch after the other: no more of it is in memory than one piece and one batch. */
export async function runImport({ api, begun, pieces, faults, signal, tell }: Run): Promise<Ended> {
  let now = begun;
  let batch = emptyBatch(begun.rowsDone);
  let bytes = 0;

  /** Null where it was taken. */
  async function send(): Promise<Ended | null> {
    for (let tries = 0; ; tries += 1) {
      if (signal.aborted) return { is: 'stopped' };
      const answer = await api.take(now.id, batch);
      if (answer.ok) {
        now = answer.value.import;
        faults.add(answer.value.faults);
        batch = emptyBatch(batch.to);
        tell({ import: now, bytes, isWaiting: false });
        return null;
      }
      const wait = isPassing(answer) ? TRY_AGAIN_MS[Math.min(tries, TRY_AGAIN_MS.length - 1)] : undefined;
      if (answer.status === 409) {
        const settled = await catchUp();
        if (settled !== 'again') return settled;
      } else if (wait === undefined) {
        return { is: 'failed', message: answer.message, canGoOn: answer.status !== 404 };
      } else {
        tell({ import: now, bytes, isWaiting: true });
        await pause(wait, signal);
      }
    }
  }

  /** It has gone on without us: an answer was lost, or it goes on in another tab. */
  async function catchUp(): Promise<Ended | null | 'again'> {
    const answer = await api.show(now.id);
    if (!answer.ok) return 'again';
    now = answer.value.import;
    if (now.endedAt !== null)
      return {
        is: 'failed',
        message: 'This import was ended elsewhere. Choose the file again.',
        canGoOn: false,
      };
    if (now.rowsDone >= batch.to) {
      batch = emptyBatch(batch.to);
      tell({ import: now, bytes, isWaiting: false });
      return null;
    }
    batch.from = now.rowsDone;
    return 'again';
  }

  for await (const piece of pieces) {
    for (const one of piece.rows) {
      const row = one.is === 'row' ? one.row.row : one.row;
      if (row <= now.rowsDone) continue;
      batch.to = row;
      if (one.is === 'row') batch.rows.push(one.row);
      else {
        batch.unreadable += 1;
        faults.add([{ row, message: one.message, isRefused: true }]);
      }
      if (batch.rows.length + batch.unreadable >= ROWS_IN_A_BATCH) {
        const ended = await send();
        if (ended !== null) return ended;
      }
    }
    bytes = piece.bytes;
    if (signal.aborted) return { is: 'stopped' };
    if (piece.broken !== null) {
      const ended = batch.to > batch.from ? await send() : null;
      return ended ?? { is: 'failed', message: `${piece.broken} The rows before it are in.`, canGoOn: false };
    }
    tell({ import: now, bytes, isWaiting: false });
  }
  const ended = batch.to > batch.from ? await send() : null;
  if (ended !== null) return ended;
  return finish(api, now, signal);
}

async function finish(api: ImportApi, { id }: PatientImport, signal: AbortSignal): Promise<Ended> {
  for (let tries = 0; ; tries += 1) {
    const answer = await api.end(id, false);
    if (answer.ok) return { is: 'finished', import: answer.value.import };
    const wait = TRY_AGAIN_MS[tries];
    if (!isPassing(answer) || wait === undefined || signal.aborted)
      return { is: 'failed', message: answer.message, canGoOn: true };
    await pause(wait, signal);
  }
}

function emptyBatch(from: number): Batch & { rows: PatientRow[] } {
  return { from, to: from, rows: [], unreadable: 0 };
}

function isPassing(answer: Extract<Answer<unknown>, { ok: false }>): boolean {
  return answer.status === 0 || answer.status === 429 || answer.status >= 500;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
