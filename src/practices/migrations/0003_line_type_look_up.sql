-- Whether the carrier is asked, once for each caller, if the number is a landline. It costs money: off until somebody wants it.
ALTER TABLE lines ADD COLUMN looks_up_line_type INTEGER NOT NULL DEFAULT 0 CHECK (looks_up_line_type IN (0, 1));
