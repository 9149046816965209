-- How a trigger spares its callers, what it does out of hours, and how its address is replaced.

-- Null: recognised by the shape of its requests.
ALTER TABLE triggers ADD COLUMN phone_system TEXT CHECK (length(phone_system) BETWEEN 1 AND 40);
ALTER TABLE triggers ADD COLUMN cooldown_minutes INTEGER NOT NULL DEFAULT 10 CHECK (cooldown_minutes BETWEEN 0 AND 1440);
ALTER TABLE triggers ADD COLUMN live_minutes INTEGER NOT NULL DEFAULT 30 CHECK (live_minutes BETWEEN 0 AND 1440);
ALTER TABLE triggers ADD COLUMN hold_seconds INTEGER NOT NULL DEFAULT 0 CHECK (hold_seconds BETWEEN 0 AND 120);
ALTER TABLE triggers ADD COLUMN hours_rule TEXT NOT NULL DEFAULT 'always'
  CHECK (hours_rule IN ('always', 'other-text', 'hold', 'nothing'));
ALTER TABLE triggers ADD COLUMN closed_text TEXT CHECK (length(closed_text) BETWEEN 1 AND 255);

-- The address before the last rotation goes on working until then.
ALTER TABLE triggers ADD COLUMN previous_token TEXT CHECK (length(previous_token) BETWEEN 1 AND 128);
ALTER TABLE triggers ADD COLUMN previous_until INTEGER;
CREATE UNIQUE INDEX triggers_previous_token ON triggers (previous_token) WHERE previous_token IS NOT NULL;

-- Production: on whose word, or on which test in demo, it went live. JSON; null where it has not.
ALTER TABLE triggers ADD COLUMN went_live TEXT CHECK (went_live IS NULL OR json_valid(went_live));
