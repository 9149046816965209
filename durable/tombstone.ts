/**
 * What is left of a conversation whose time is over. It takes the place of the state, and with everything else gone
 * it says: there was one, reports about its texts mean nothing any more, and what begins now begins afresh. Only a
 * wish to get no more texts outlives everything: who said STOP did not say it for some years.
 */
import type { Consent } from '../src/domain/conversation/consent.ts';
import { NO_CONSENT } from '../src/domain/conversation/consent.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';

export interface Tombstone {
  deletedAt: number;
  /** Of the last summary: the inbox takes nothing older from here any more. */
  version: number;
  consent: Consent;
}

export function isTombstone(stored: object | undefined): stored is Tombstone {
  return stored !== undefined && 'deletedAt' in stored;
}

/** Whatever the object stored goes, and the tombstone comes, in one transaction; the alarm too. */
export function entomb(storage: DurableObjectStorage, summary: ConversationSummary, now: number): Tombstone {
  const { version, consent } = summary;
  const tombstone = {
    deletedAt: now,
    version,
    consent: consent.state === 'opted-out' ? consent : NO_CONSENT,
  };
  storage.transactionSync(() => {
    for (const name of tablesOf(storage.sql)) storage.sql.exec(`DROP TABLE "${name}"`);
    for (const key of [...storage.kv.list()].map(([key]) => key)) storage.kv.delete(key);
    storage.kv.put('state', tombstone);
    void storage.deleteAlarm();
  });
  return tombstone;
}

/** A conversation that begins where one was deleted. */
export function begunAfter(
  tombstone: Tombstone | undefined,
  summary: ConversationSummary,
): ConversationSummary {
  if (tombstone === undefined) return summary;
  return { ...summary, version: summary.version + tombstone.version, consent: tombstone.consent };
}

function tablesOf(sql: SqlStorage): string[] {
  const rows = sql.exec(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite_*'",
  );
  return [...rows].map(({ name }) => name as string);
}
