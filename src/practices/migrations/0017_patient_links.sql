-- Which patient staff said that a conversation is with. The conversation is told, and shows it; here it stands so that
-- what becomes of the patient reaches the conversation, whatever its number is.
CREATE TABLE patient_links (
  conversation_id TEXT PRIMARY KEY,
  practice_id TEXT NOT NULL REFERENCES practices (id),
  patient_id TEXT NOT NULL,
  -- Of the caller: by it the conversation is told.
  number TEXT NOT NULL,
  linked_by TEXT NOT NULL REFERENCES staff (id),
  linked_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX patient_links_of ON patient_links (practice_id, patient_id);

-- However a patient changes: by hand, by an import, by a program.
CREATE TRIGGER linked_patient_changed AFTER UPDATE ON patients
WHEN new.name <> old.name OR new.status <> old.status OR new.replaced_by IS NOT old.replaced_by
BEGIN
  INSERT INTO match_tasks (numbers)
  SELECT json_array(number) FROM patient_links WHERE practice_id = new.practice_id AND patient_id = new.id;
END;

CREATE TRIGGER linked_patient_removed AFTER DELETE ON patients
BEGIN
  INSERT INTO match_tasks (numbers)
  SELECT json_array(number) FROM patient_links WHERE practice_id = old.practice_id AND patient_id = old.id;
  DELETE FROM patient_links WHERE practice_id = old.practice_id AND patient_id = old.id;
END;
