import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { guessColumns } from '../../../../src/domain/patients/patient-columns.ts';
import type { PatientImport } from '../../../../src/domain/patients/patient-import.ts';
import { html, useEffect, type VNode } from '../../../design/html.ts';
import { focusSoon, type PageProps, useUnsaved } from '../../../shell/page.ts';
import { ChooseFile } from './choose-file.ts';
import { FaultFile } from './fault-file.ts';
import { type OpenedFile, openFile, readFile, type TableReading } from './file-reading.ts';
import { importApi } from './import-api.ts';
import { fingerprintOf, isSameFile, keepImport, keptImport } from './kept-import.ts';
import { Mapping } from './mapping.ts';
import { ended, running } from './progress.ts';
import { type Ended, type Progress, runImport } from './run-import.ts';

export type Stage =
  | { is: 'choosing'; error: string | null }
  | { is: 'mapping'; opened: OpenedFile; reading: TableReading | null; error: string | null }
  | { is: 'running'; opened: OpenedFile; progress: Progress; isCancelling: boolean }
  | { is: 'ended'; opened: OpenedFile; reading: TableReading | null; import: PatientImport; ended: Ended };

/** A file is chosen, then seen, then sent. What it holds is in this component, and goes with it. */
export function ImportPage({ practice }: Pick<PageProps, 'practice'>): VNode {
  const api = useMemo(() => importApi(practice.id), [practice.id]);
  const stage = useSignal<Stage>({ is: 'choosing', error: null });
  const faults = useMemo(() => ({ file: new FaultFile() }), [practice.id]);
  const stop = useMemo(() => ({ controller: new AbortController() }), [practice.id]);
  useEffect(() => () => stop.controller.abort(), [stop]);
  useUnsaved(stage.value.is === 'running');

  async function choose(file: File): Promise<void> {
    const opened = await openFile(file).catch(
      () => ({ is: 'unreadable', message: 'This file could not be read. Choose it again.' }) as const,
    );
    if (opened.is === 'unreadable') {
      stage.value = { is: 'choosing', error: opened.message };
      return;
    }
    const kept = keptImport(practice.id);
    const before = kept !== null && isSameFile(kept, file) ? kept.reading : null;
    const reading = opened.is === 'table' ? (before ?? guessColumns(opened.head[0] ?? [])) : null;
    stage.value = { is: 'mapping', opened, reading, error: null };
    focusSoon('#mapping-title');
  }

  async function begin(opened: OpenedFile, reading: TableReading | null): Promise<void> {
    const { file } = opened;
    const answer = await api.begin(await fingerprintOf(file, reading), file.name.slice(0, 200));
    if (!answer.ok) {
      stage.value = { is: 'mapping', opened, reading, error: answer.message };
      return;
    }
    keepImport(practice.id, {
      fileName: file.name,
      size: file.size,
      lastModified: file.lastModified,
      reading,
    });
    const begun = answer.value.import;
    stop.controller = new AbortController();
    faults.file = new FaultFile();
    const tell = (progress: Progress) => {
      const current = stage.peek();
      const isCancelling = current.is === 'running' && current.isCancelling;
      stage.value = { is: 'running', opened, progress, isCancelling };
    };
    tell({ import: begun, bytes: 0, isWaiting: false });
    focusSoon('#import-title');
    const { signal } = stop.controller;
    const run = { api, begun, pieces: readFile(opened, reading), faults: faults.file, signal, tell };
    const outcome = await runImport(run).catch(
      (): Ended => ({
        is: 'failed',
        message: 'The file could not be read any further. If it was moved or changed, choose it again.',
        canGoOn: false,
      }),
    );
    const last = stage.peek();
    const reached = last.is === 'running' ? last.progress.import : begun;
    const isCancelled = last.is === 'running' && last.isCancelling;
    if (isCancelled || outcome.is === 'finished') keepImport(practice.id, null);
    const now = isCancelled ? await api.end(reached.id, true) : null;
    const result = outcome.is === 'finished' ? outcome.import : now?.ok ? now.value.import : reached;
    stage.value = { is: 'ended', opened, reading, import: result, ended: outcome };
    focusSoon('#import-title');
  }

  const current = stage.value;
  switch (current.is) {
    case 'choosing':
      return html`<${ChooseFile} kept=${keptImport(practice.id)} error=${current.error} choose=${(file: File) => void choose(file)} />`;
    case 'mapping':
      return html`<${Mapping} key=${current.opened.file.name} api=${api} stage=${current} set=${(
        reading: TableReading,
      ) => {
        stage.value = { ...current, reading, error: null };
      }} begin=${begin} another=${() => {
        stage.value = { is: 'choosing', error: null };
      }} />`;
    case 'running':
      return running(current, () => {
        stage.value = { ...current, isCancelling: true };
        stop.controller.abort();
      });
    case 'ended':
      return ended(current, faults.file, {
        again: () => void begin(current.opened, current.reading),
        another: () => {
          stage.value = { is: 'choosing', error: null };
          focusSoon('#page-title');
        },
      });
  }
}
