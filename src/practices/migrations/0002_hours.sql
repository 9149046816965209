-- When staff answer, and what a caller gets otherwise: one document each, always read and replaced whole.
-- A line without a row goes by its practice, a practice without one is always open.

CREATE TABLE practice_hours (
  practice_id TEXT PRIMARY KEY REFERENCES practices (id),
  hours TEXT NOT NULL CHECK (json_valid(hours))
) WITHOUT ROWID;

CREATE TABLE line_hours (
  line_id TEXT PRIMARY KEY REFERENCES lines (id),
  hours TEXT NOT NULL CHECK (json_valid(hours))
) WITHOUT ROWID;
