/**
 * Reports on texts that their conversation does not know (yet), as after a restore of older data: kept until it
 * does, at most a day, in one value beside the state. Keeping one is one row, and never begins a conversation.
 */
import type { DeliveryReport } from '../src/carriers/carrier.ts';
import { laterStatus } from '../src/domain/conversation/delivery-status.ts';

export const MOST_EARLY_REPORTS = 20;
export const EARLY_REPORT_LIFETIME_MS = 24 * 60 * 60_000;

interface EarlyReport {
  /** All that was told about the text, in one. */
  report: DeliveryReport;
  keptAt: number;
}

const KEY = 'early-reports';

export class EarlyReports {
  readonly #kv: SyncKvStorage;

  constructor(kv: SyncKvStorage) {
    this.#kv = kv;
  }

  /** Where there are too many, the oldest makes room. One that tells nothing new costs nothing. */
  keep(report: DeliveryReport, now: number): void {
    const early = this.#fresh(now);
    const before = early.find((one) => one.report.messageId === report.messageId);
    const told = before ? together(before.report, report) : report;
    if (told === before?.report) return;
    const others = early.filter((one) => one !== before);
    this.#kv.put(KEY, [...others, { report: told, keptAt: now }].slice(-MOST_EARLY_REPORTS));
  }

  /** What was told about a text that has just become known; it is kept no longer. */
  take(messageId: string, now: number): DeliveryReport | null {
    const early = this.#fresh(now);
    const found = early.find(({ report }) => report.messageId === messageId);
    if (found === undefined) return null;
    this.#kv.put(
      KEY,
      early.filter((one) => one !== found),
    );
    return found.report;
  }

  #fresh(now: number): EarlyReport[] {
    const early = this.#kv.get<EarlyReport[]>(KEY) ?? [];
    return early.filter(({ keptAt }) => keptAt > now - EARLY_REPORT_LIFETIME_MS);
  }
}

/** What arrived has arrived, whichever attempt it was; else the newest attempt counts, as far as it got. */
function together(kept: DeliveryReport, told: DeliveryReport): DeliveryReport {
  if (kept.status === 'delivered') return kept;
  if (told.status === 'delivered') return { ...told, attempt: Math.max(kept.attempt, told.attempt) };
  if (told.attempt !== kept.attempt) return told.attempt > kept.attempt ? told : kept;
  return laterStatus(kept.status, told.status) === kept.status ? kept : told;
}
