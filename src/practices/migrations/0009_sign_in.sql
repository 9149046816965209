-- Passkeys, single sign-on, and by which way somebody came in.

-- A key of which the person's device keeps the secret half. Base64url; `host` is the host name that it is good for.
CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  credential_id TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  -- Goes up with every use where the device counts at all: one that runs back has been copied.
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL CHECK (json_valid(transports)),
  host TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  made_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;

CREATE INDEX passkeys_of_staff ON passkeys (staff_id);

-- What a browser that begins to sign in, or to make a passkey, has to come back with: once, and soon.
CREATE TABLE sign_in_attempts (
  token_hash TEXT PRIMARY KEY,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  -- A hash: nobody from one place can fill the table.
  network TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX sign_in_attempts_of_network ON sign_in_attempts (network, expires_at);

ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT 'password'
  CHECK (way IN ('password', 'passkey', 'single-sign-on', 'link'));
-- When somebody last showed that it is them who sits there; null: at the sign-in.
ALTER TABLE sessions ADD COLUMN confirmed_at INTEGER;

-- Whether managers and admins have to have a passkey.
ALTER TABLE enterprise ADD COLUMN passkeys_needed INTEGER NOT NULL DEFAULT 0 CHECK (passkeys_needed IN (0, 1));

-- The OpenID provider, read and replaced whole. The client secret is not here: it is a secret of the deployment.
CREATE TABLE single_sign_on (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  version INTEGER NOT NULL,
  -- When somebody last came in with this issuer and client; null: not yet.
  worked_at INTEGER
);

-- Whom the provider means by a subject, once that was found out by a verified e-mail.
CREATE TABLE single_sign_on_people (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
