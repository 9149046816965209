import type { RowFault } from '../../../../src/domain/patients/patient-row.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../../../src/domain/text/csv-writing.ts';

const LINES_IN_A_PART = 1_000;

/** What is wrong with which row, as a table. Parts of it are handed to the browser, which may keep them on disk. */
export class FaultFile {
  #parts: Blob[] = [new Blob([BYTE_ORDER_MARK, csvLine(['Row', 'What is wrong', 'Imported'])])];
  #lines: string[] = [];
  count = 0;

  add(faults: readonly RowFault[]): void {
    for (const { row, message, isRefused } of faults)
      this.#lines.push(csvLine([String(row), message, isRefused ? 'no' : 'in part']));
    this.count += faults.length;
    if (this.#lines.length >= LINES_IN_A_PART) this.#flush();
  }

  save(name: string): void {
    this.#flush();
    const address = URL.createObjectURL(new Blob(this.#parts, { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    // Once the browser has taken it over.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  #flush(): void {
    if (this.#lines.length > 0) this.#parts.push(new Blob(this.#lines));
    this.#lines = [];
  }
}
