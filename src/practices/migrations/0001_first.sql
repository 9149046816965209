-- Configuration and directory. Instants are epoch milliseconds, flags 0 or 1.
-- WITHOUT ROWID where the key is text: one B-tree to write instead of two.

CREATE TABLE enterprise (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  session_idle_minutes INTEGER NOT NULL DEFAULT 15 CHECK (session_idle_minutes BETWEEN 1 AND 480),
  session_max_hours INTEGER NOT NULL DEFAULT 12 CHECK (session_max_hours BETWEEN 1 AND 24)
);

INSERT INTO enterprise (id, name) VALUES (1, 'Our practices');

CREATE TABLE practices (
  id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9-]*'),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  kind TEXT NOT NULL CHECK (kind IN ('clinic', 'call-center')),
  time_zone TEXT NOT NULL
) WITHOUT ROWID;

-- Numbers are E.164. Calls to `number` are forwarded to `main_number`.
CREATE TABLE lines (
  id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
  practice_id TEXT NOT NULL REFERENCES practices (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  number TEXT NOT NULL UNIQUE CHECK (number GLOB '+[1-9]*' AND length(number) BETWEEN 8 AND 16),
  main_number TEXT CHECK (main_number GLOB '+[1-9]*' AND length(main_number) BETWEEN 8 AND 16),
  carrier TEXT NOT NULL CHECK (carrier IN ('simulator', 'twilio', 'telnyx', 'kannel')),
  -- A long code's usual pace; short codes and campaigns may go faster.
  segments_per_second REAL NOT NULL DEFAULT 1 CHECK (segments_per_second BETWEEN 0.1 AND 1000)
) WITHOUT ROWID;

-- Stored as it is sent. A revoked trigger stays: its address must never come to mean another one.
CREATE TABLE triggers (
  id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
  line_id TEXT NOT NULL REFERENCES lines (id),
  use_case TEXT NOT NULL CHECK (use_case IN ('call-to-text', 'abandoned-call')),
  language TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
  token TEXT NOT NULL UNIQUE CHECK (length(token) BETWEEN 1 AND 128),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 255),
  is_on INTEGER NOT NULL DEFAULT 1 CHECK (is_on IN (0, 1)),
  revoked_at INTEGER
) WITHOUT ROWID;

-- One address per line, use case and language; also finds the triggers of a line.
CREATE UNIQUE INDEX triggers_of_line ON triggers (line_id, use_case, language) WHERE revoked_at IS NULL;

CREATE TABLE staff (
  id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
  email TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- argon2id in PHC form; null until a first password is set.
  password_hash TEXT CHECK (password_hash LIKE '$argon2id$%'),
  is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
  deactivated_at INTEGER
) WITHOUT ROWID;

CREATE TABLE memberships (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  practice_id TEXT NOT NULL REFERENCES practices (id),
  role TEXT NOT NULL CHECK (role IN ('staff', 'manager')),
  PRIMARY KEY (staff_id, practice_id)
) WITHOUT ROWID;

CREATE INDEX memberships_of_practice ON memberships (practice_id);

-- Of everything that lets somebody in, only the SHA-256 is stored.
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Browsers in which somebody has signed in before. A shared computer is known for several people.
CREATE TABLE known_browsers (
  token_hash TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  signed_in_at INTEGER NOT NULL,
  PRIMARY KEY (token_hash, staff_id)
) WITHOUT ROWID;

-- One row for each counter that a try counts in; e-mail and network address are in there as hashes only.
CREATE TABLE sign_in_tries (
  counter TEXT NOT NULL,
  tried_at INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (counter, tried_at, id)
) WITHOUT ROWID;

CREATE TABLE first_admin_links (
  token_hash TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;
