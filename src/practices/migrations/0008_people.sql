-- How people come, and where they are signed in. Of every link only the SHA-256 is stored; a used one is deleted.

CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  practice_id TEXT NOT NULL REFERENCES practices (id),
  email TEXT NOT NULL COLLATE NOCASE CHECK (length(email) BETWEEN 3 AND 254),
  role TEXT NOT NULL CHECK (role IN ('staff', 'manager')),
  invited_by TEXT NOT NULL REFERENCES staff (id),
  invited_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- One for each person and practice: inviting again takes the older link's place.
CREATE UNIQUE INDEX invitations_of_practice ON invitations (practice_id, email);

-- Lets somebody choose a new password without the old one. One each: a newer one takes its place.
CREATE TABLE password_links (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  token_hash TEXT NOT NULL UNIQUE,
  made_by TEXT NOT NULL REFERENCES staff (id),
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Outlives the sessions it comes from; as exact as the use of a session is noted.
ALTER TABLE staff ADD COLUMN seen_at INTEGER;

-- In words, such as "Firefox on Windows"; null where the browser did not say.
ALTER TABLE sessions ADD COLUMN browser TEXT CHECK (length(browser) BETWEEN 1 AND 60);

CREATE INDEX sessions_of_staff ON sessions (staff_id);
