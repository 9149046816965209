-- How long callers may wait, and which words do not wait at all: JSON, see domain/waiting/waiting-settings.ts. None: as Offhook comes.
CREATE TABLE practice_waiting (
  practice_id TEXT PRIMARY KEY REFERENCES practices (id),
  settings TEXT NOT NULL,
  version INTEGER NOT NULL
) WITHOUT ROWID;
