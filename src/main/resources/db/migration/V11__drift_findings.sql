-- What drift rules found: all that an alert carries, enough to compute its figures again.
CREATE TABLE drift_finding (
  id text PRIMARY KEY,
  at timestamptz NOT NULL,
  model text NOT NULL,
  rule_id text NOT NULL,
  document jsonb NOT NULL
);
CREATE INDEX drift_finding_model ON drift_finding (model, at DESC);
CREATE INDEX drift_finding_rule ON drift_finding (rule_id, at DESC);
CREATE INDEX drift_finding_at ON drift_finding (at DESC);

-- What drift rules remember of each target between evaluations.
CREATE TABLE drift_standing (
  rule_id text NOT NULL,
  target text NOT NULL,
  document jsonb NOT NULL,
  PRIMARY KEY (rule_id, target)
);
