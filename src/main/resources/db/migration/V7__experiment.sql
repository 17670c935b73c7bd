-- A/B experiments: who met which variant, and what became of them.
CREATE TABLE experiment (
  name text PRIMARY KEY,
  started_at timestamptz NOT NULL,
  stopped_at timestamptz,
  document jsonb NOT NULL
);

CREATE TABLE experiment_unit (
  experiment text NOT NULL REFERENCES experiment ON DELETE CASCADE,
  unit text NOT NULL,
  variant text NOT NULL,
  exposed_at timestamptz NOT NULL,
  PRIMARY KEY (experiment, unit)
);

CREATE TABLE experiment_outcome (
  experiment text NOT NULL,
  metric text NOT NULL,
  unit text NOT NULL,
  value double precision NOT NULL,
  PRIMARY KEY (experiment, metric, unit),
  FOREIGN KEY (experiment, unit) REFERENCES experiment_unit ON DELETE CASCADE
);

-- Outcomes with an id that were added to a sum already.
CREATE TABLE experiment_counted (
  experiment text NOT NULL REFERENCES experiment ON DELETE CASCADE,
  metric text NOT NULL,
  id text NOT NULL,
  PRIMARY KEY (experiment, metric, id)
);
