-- What was changed and is on its way to the audit log: written in one transaction with the change, so that neither
-- is ever there without the other. Deleted when the log has it.
CREATE TABLE audit_outbox (
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  -- A practice, or '*' for the enterprise.
  log TEXT NOT NULL,
  entry TEXT NOT NULL CHECK (json_valid(entry)),
  PRIMARY KEY (at, id, log)
) WITHOUT ROWID;

-- How far each log had come, kept apart from it: so that entries taken off its end are missed.
CREATE TABLE audit_heads (
  log TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  noted_at INTEGER NOT NULL
) WITHOUT ROWID;
