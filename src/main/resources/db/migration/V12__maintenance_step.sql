-- What was told of planned maintenance: each kind once.
CREATE TABLE maintenance_step (
  maintenance text NOT NULL REFERENCES maintenance ON DELETE CASCADE,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (maintenance, kind)
);
