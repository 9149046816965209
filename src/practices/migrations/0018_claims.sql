-- Whether somebody takes a conversation that is nobody's by beginning to write a reply in it.
ALTER TABLE staff_writing ADD COLUMN claims INTEGER NOT NULL DEFAULT 1 CHECK (claims IN (0, 1));
