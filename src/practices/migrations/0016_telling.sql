-- How somebody wants to be told of what happens while they are not looking: quiet hours, and what passes them. JSON.
CREATE TABLE staff_telling (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  telling TEXT NOT NULL CHECK (json_valid(telling))
) WITHOUT ROWID;
