-- How long things are kept, in days: of a practice, or of the enterprise ('*'). Null: as the enterprise, or as default.
-- Of conversations 0 means for ever.
CREATE TABLE retention (
  owner TEXT PRIMARY KEY,
  conversation_days INTEGER CHECK (conversation_days = 0 OR conversation_days BETWEEN 30 AND 7300),
  activity_days INTEGER CHECK (activity_days BETWEEN 7 AND 90),
  audit_days INTEGER CHECK (audit_days BETWEEN 365 AND 7300),
  version INTEGER NOT NULL
) WITHOUT ROWID;

-- What is not deleted, whatever its time: a conversation, or with '' all of a practice.
CREATE TABLE holds (
  practice_id TEXT NOT NULL REFERENCES practices (id),
  conversation_id TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  held_by TEXT NOT NULL REFERENCES staff (id),
  held_at INTEGER NOT NULL,
  PRIMARY KEY (practice_id, conversation_id)
) WITHOUT ROWID;

-- The last deletion in a practice, or the one under way: it goes on behind `looked_to` where it was cut off.
CREATE TABLE deletion_runs (
  practice_id TEXT PRIMARY KEY REFERENCES practices (id),
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- What nothing was said in since.
  before INTEGER NOT NULL,
  looked_to TEXT NOT NULL DEFAULT '',
  deleted INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
