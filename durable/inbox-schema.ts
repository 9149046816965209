import { ACTIVITY_SCHEMA } from './activity-store.ts';
import { ALARMS_TABLE } from './alarm-store.ts';
import { AWAY_TABLE } from './away-store.ts';
import { CALL_BACK_SCHEMA } from './call-back-store.ts';
import { ESCALATIONS_TABLE } from './escalations.ts';
import { FORGOTTEN_TABLE } from './forgotten-store.ts';
import { MENTIONS_TABLE } from './mention-store.ts';
import { PUSH_SUBSCRIPTIONS_TABLE, PUSH_TELLINGS_TABLE } from './push-store.ts';
import { STRANGER_SCHEMA } from './stranger-store.ts';
import { UNATTENDED_COLUMN } from './unattended.ts';

/**
 * A projection: whatever is in here, but for the alarms, what was told, who is away, who was not here when a
 * caller began to wait for them, and who has looked at which mention, can be had again from the conversations. Three rows
 * for a conversation that moves (itself, its place, the count of where it went), one for each text in the index.
 */
export const INBOX_SCHEMA = [
  `CREATE TABLE conversations (
     id          TEXT PRIMARY KEY,
     version     INTEGER NOT NULL,  -- of the summary; 0 where it has to be fetched again
     bucket      INTEGER NOT NULL,  -- domain/inbox/inbox-view.ts; 0 while it has to be fetched
     rank        INTEGER NOT NULL,
     assignee    TEXT NOT NULL,     -- staff id, '' for nobody
     indexed_seq INTEGER NOT NULL,  -- messages up to here are in the text index
     summary     TEXT NOT NULL
   ) WITHOUT ROWID`,
  'CREATE INDEX places ON conversations (bucket, rank)',
  "CREATE INDEX assigned ON conversations (assignee, bucket, rank) WHERE assignee <> ''",
  `CREATE TABLE counts (
     bucket   INTEGER NOT NULL,
     assignee TEXT NOT NULL,
     n        INTEGER NOT NULL,
     PRIMARY KEY (bucket, assignee)
   ) WITHOUT ROWID`,
  `CREATE VIRTUAL TABLE texts USING fts5 (
     conversation UNINDEXED, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
   )`,
  ACTIVITY_SCHEMA,
  CALL_BACK_SCHEMA,
  STRANGER_SCHEMA,
  ALARMS_TABLE,
  // The row of `texts` that holds the names of the patients with the caller's number.
  'ALTER TABLE conversations ADD COLUMN names_row INTEGER',
  FORGOTTEN_TABLE,
  PUSH_SUBSCRIPTIONS_TABLE,
  PUSH_TELLINGS_TABLE,
  ESCALATIONS_TABLE,
  AWAY_TABLE,
  MENTIONS_TABLE,
  UNATTENDED_COLUMN,
] as const;
