-- "Practices may message and search any patient": the acknowledgement under which it was turned on; null while it is off. JSON.
ALTER TABLE enterprise ADD COLUMN any_patient TEXT CHECK (any_patient IS NULL OR json_valid(any_patient));
