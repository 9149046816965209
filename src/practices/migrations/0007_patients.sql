-- The directory behind the name match. Rows written are the bill: a patient with one number is three of them.

CREATE TABLE patients (
  practice_id TEXT NOT NULL REFERENCES practices (id),
  -- Made from the external id, else from name and number, so that the same row imported again is the same patient.
  id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- Lower case, without accents: how the list is ordered and searched.
  name_key TEXT NOT NULL,
  -- A JSON array of E.164, the preferred one first.
  numbers TEXT NOT NULL CHECK (json_valid(numbers)),
  -- BCP 47.
  language TEXT CHECK (length(language) BETWEEN 2 AND 35),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'deceased')),
  -- What another system calls this patient. Nobody has to give one.
  external_id TEXT CHECK (length(external_id) BETWEEN 1 AND 64),
  -- The id of the record that took the place of this one, which may not be here yet.
  replaced_by TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (practice_id, id)
) WITHOUT ROWID;

-- The list of a practice, and the only way to search names.
CREATE INDEX patients_by_name ON patients (practice_id, name_key);

-- Whose numbers lead to a record that changed.
CREATE INDEX patients_replaced ON patients (practice_id, replaced_by) WHERE replaced_by IS NOT NULL;

-- Whose number it is, in all practices: the match. Kept with patients.numbers in one transaction, without a foreign
-- key, which would ask for one more index.
CREATE TABLE patient_numbers (
  number TEXT NOT NULL CHECK (number GLOB '+1[2-9]*' AND length(number) = 12),
  practice_id TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  PRIMARY KEY (number, practice_id, patient_id)
) WITHOUT ROWID;

-- How far an import has come, so that it goes on after a reload.
CREATE TABLE patient_imports (
  id TEXT PRIMARY KEY,
  practice_id TEXT NOT NULL REFERENCES practices (id),
  -- Of the file and of how it is read.
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) BETWEEN 1 AND 100),
  file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  started_by TEXT NOT NULL REFERENCES staff (id),
  started_at INTEGER NOT NULL,
  rows_done INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER,
  is_cancelled INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelled IN (0, 1))
) WITHOUT ROWID;

-- One for each file at a time.
CREATE UNIQUE INDEX patient_imports_running ON patient_imports (practice_id, fingerprint) WHERE ended_at IS NULL;

-- Conversations that have to be told whose number theirs is, written together with what changed and deleted once they
-- know: either those of some numbers in all practices, or all of one practice from `after` on.
CREATE TABLE match_tasks (
  id INTEGER PRIMARY KEY,
  -- A JSON array of E.164.
  numbers TEXT CHECK (json_valid(numbers)),
  practice_id TEXT REFERENCES practices (id),
  after TEXT NOT NULL DEFAULT '',
  CHECK ((numbers IS NULL) <> (practice_id IS NULL))
);
