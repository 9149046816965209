-- What staff say again and again. A practice without a row here has not looked at its quick responses yet, and
-- gets the starter set when somebody does.

CREATE TABLE quick_response_lists (
  practice_id TEXT PRIMARY KEY REFERENCES practices (id),
  -- Groups with the ids of their responses, all in order.
  groups TEXT NOT NULL CHECK (json_valid(groups)),
  -- Another one with every change: what is written was decided upon what is there.
  stamp TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE quick_responses (
  practice_id TEXT NOT NULL REFERENCES practices (id),
  id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 80),
  -- By language.
  texts TEXT NOT NULL CHECK (json_valid(texts)),
  version INTEGER NOT NULL,
  is_archived INTEGER NOT NULL DEFAULT 0 CHECK (is_archived IN (0, 1)),
  PRIMARY KEY (practice_id, id)
) WITHOUT ROWID;

-- One document each, always read and replaced whole: a list of names and what they stand for.
CREATE TABLE practice_smart_phrases (
  practice_id TEXT PRIMARY KEY REFERENCES practices (id),
  phrases TEXT NOT NULL CHECK (json_valid(phrases))
) WITHOUT ROWID;

-- How a staff member writes: the smart phrases of their own, and for how long a reply can be taken back.
CREATE TABLE staff_writing (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  phrases TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(phrases)),
  undo_seconds INTEGER NOT NULL DEFAULT 5 CHECK (undo_seconds BETWEEN 0 AND 30)
) WITHOUT ROWID;
