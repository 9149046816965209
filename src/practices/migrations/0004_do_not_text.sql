-- Numbers that no line of the enterprise texts, whatever a caller or a practice says. E.164.
CREATE TABLE do_not_text (
  number TEXT PRIMARY KEY CHECK (number GLOB '+1[2-9]*' AND length(number) = 12),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  added_by TEXT NOT NULL REFERENCES staff (id),
  added_at INTEGER NOT NULL
) WITHOUT ROWID;
