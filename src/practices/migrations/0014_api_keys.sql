-- By which programs come in, each for one practice and no more than its scopes say. D1 never has the key itself.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  -- SHA-256 in hex.
  secret_hash TEXT NOT NULL UNIQUE CHECK (length(secret_hash) = 64),
  practice_id TEXT NOT NULL REFERENCES practices (id),
  -- A JSON array.
  scopes TEXT NOT NULL CHECK (json_valid(scopes) AND json_array_length(scopes) > 0),
  -- Who makes a key may be deactivated later: the key is the enterprise's, and goes on.
  made_by TEXT NOT NULL REFERENCES staff (id),
  made_at INTEGER NOT NULL,
  -- Noted at most once a minute.
  used_at INTEGER,
  revoked_at INTEGER
) WITHOUT ROWID;

-- As before, but an import may be begun by an API key too: no foreign key can say that.
CREATE TABLE patient_imports_of_anybody (
  id TEXT PRIMARY KEY,
  practice_id TEXT NOT NULL REFERENCES practices (id),
  -- Of the file and of how it is read.
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) BETWEEN 1 AND 100),
  file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  -- Of staff, or of an API key.
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  rows_done INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER,
  is_cancelled INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelled IN (0, 1))
) WITHOUT ROWID;

INSERT INTO patient_imports_of_anybody
  (id, practice_id, fingerprint, file_name, started_by, started_at, rows_done, added, changed, refused, ended_at, is_cancelled)
SELECT id, practice_id, fingerprint, file_name, started_by, started_at, rows_done, added, changed, refused, ended_at, is_cancelled
FROM patient_imports;

DROP TABLE patient_imports;
ALTER TABLE patient_imports_of_anybody RENAME TO patient_imports;

-- One for each file at a time.
CREATE UNIQUE INDEX patient_imports_running ON patient_imports (practice_id, fingerprint) WHERE ended_at IS NULL;
