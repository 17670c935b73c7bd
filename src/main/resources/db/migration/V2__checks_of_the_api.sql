-- Checks that were asked for over the API, as they were written, and checks that rest.
CREATE TABLE check_definition (
  name text PRIMARY KEY,
  document text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);
COMMENT ON COLUMN check_definition.document IS 'JSON as in the configuration; may hold secrets';

CREATE TABLE check_pause (
  check_name text PRIMARY KEY,
  since timestamptz NOT NULL,
  paused_by text NOT NULL
);
