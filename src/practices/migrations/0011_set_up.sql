-- Practices and lines that people make and change, and what is known of how far a practice is set up.

-- A line that is added begins with it as where its calls go. E.164.
ALTER TABLE practices ADD COLUMN main_number TEXT CHECK (main_number GLOB '+[1-9]*' AND length(main_number) BETWEEN 8 AND 16);
-- Grows with every change, so that of two people who change it at once the second is told.
ALTER TABLE practices ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- Null: before anybody counted.
ALTER TABLE practices ADD COLUMN made_at INTEGER;
-- Nobody works there any more; what was said stays.
ALTER TABLE practices ADD COLUMN archived_at INTEGER;

ALTER TABLE lines ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- No trigger texts from it any more; who writes to it is still heard. It keeps its number.
ALTER TABLE lines ADD COLUMN retired_at INTEGER;
-- What the carrier last said to our credentials: JSON, with when.
ALTER TABLE lines ADD COLUMN carrier_check TEXT CHECK (carrier_check IS NULL OR json_valid(carrier_check));
-- When a webhook last brought a text; exact to the day.
ALTER TABLE lines ADD COLUMN text_in_at INTEGER;

ALTER TABLE memberships ADD COLUMN joined_at INTEGER;

-- Somebody stands by the text of a trigger, word for word: another text has to be looked at again.
CREATE TABLE text_reviews (
  trigger_id TEXT PRIMARY KEY REFERENCES triggers (id),
  text TEXT NOT NULL,
  reviewed_by TEXT NOT NULL REFERENCES staff (id),
  reviewed_at INTEGER NOT NULL
) WITHOUT ROWID;
