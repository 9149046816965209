/**
 * Rows written are what an object costs, so there is one table and no index. Looking an id up therefore
 * reads the table: a thousand rows read cost as much as one written, and 10,000 take 3 ms.
 */
export const CONVERSATION_SCHEMA = [
  `CREATE TABLE messages (
     seq        INTEGER PRIMARY KEY,
     id         TEXT NOT NULL,
     kind       TEXT NOT NULL,
     body       TEXT NOT NULL,
     at         INTEGER NOT NULL,
     detail     TEXT,            -- JSON: see message-row.ts
     status     TEXT,            -- delivery, only of texts out
     status_at  INTEGER,
     sent_at    INTEGER,
     attempt    INTEGER,         -- claims made so far
     tries      INTEGER,         -- claims made since a person last asked for it
     due_at     INTEGER,         -- queued: next try; sending: end of the lease; else nothing to do
     expires_at INTEGER,
     has_place  INTEGER,         -- 1: automatic, and due_at is its place on the line
     reason     TEXT,
     carrier_id TEXT
   )`,
] as const;
