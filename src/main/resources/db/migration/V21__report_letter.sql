-- Who is sent which model's report by mail: each address once for each day.
CREATE TABLE report_letter (
  model text NOT NULL,
  day date NOT NULL,
  address text NOT NULL,
  planned_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  tries int NOT NULL DEFAULT 0,
  done_at timestamptz,
  outcome text NOT NULL DEFAULT '',
  PRIMARY KEY (model, day, address)
);
CREATE INDEX report_letter_due ON report_letter (next_at) WHERE done_at IS NULL;
