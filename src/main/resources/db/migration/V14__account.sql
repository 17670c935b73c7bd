CREATE TABLE account (
  id text PRIMARY KEY,
  name text NOT NULL,
  role text NOT NULL,
  password text,
  subject text UNIQUE,
  disabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  last_login_at timestamptz
);
CREATE UNIQUE INDEX account_name ON account (lower(name));

CREATE TABLE login_session (
  id text PRIMARY KEY,
  account text REFERENCES account (id) ON DELETE CASCADE,
  token text REFERENCES api_token (id) ON DELETE CASCADE,
  opened_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  address text NOT NULL,
  agent text NOT NULL,
  CHECK ((account IS NULL) <> (token IS NULL))
);
CREATE INDEX login_session_account ON login_session (account, opened_at);
CREATE INDEX login_session_token ON login_session (token, opened_at);

CREATE INDEX audit_log_actor ON audit_log (actor, id);
