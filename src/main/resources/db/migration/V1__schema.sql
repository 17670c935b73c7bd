-- Everything durable. The three large tables are hypertables or native partitions: TableHome.

-- Machines and what each has made durable.
CREATE TABLE node (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  checkpoint_seq bigint NOT NULL DEFAULT 0
);
COMMENT ON COLUMN node.checkpoint_seq IS 'journal entries of this node up to here are in blocks';

-- Who evaluates. Every commit of the engine checks the epoch.
CREATE TABLE leadership (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch bigint NOT NULL,
  node int REFERENCES node (id),
  taken_at timestamptz
);
INSERT INTO leadership (epoch) VALUES (0);

-- The order of samples: one row per group commit. Partitioned by node, then by seq.
CREATE TABLE journal (
  node int NOT NULL,
  seq bigint NOT NULL,
  accepted_at timestamptz NOT NULL DEFAULT now(),
  payload bytea NOT NULL,
  PRIMARY KEY (node, seq)
) PARTITION BY LIST (node);
ALTER TABLE journal ALTER COLUMN payload SET STORAGE EXTERNAL;

-- Ids are taken in blocks per node and never reused; ids with equal labels are one series.
CREATE SEQUENCE series_id AS bigint INCREMENT BY 1000;

CREATE TABLE series (
  id bigint PRIMARY KEY,
  labels jsonb NOT NULL,
  name text GENERATED ALWAYS AS (labels ->> '__name__') STORED,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX series_name ON series (name);
CREATE INDEX series_labels ON series USING gin (labels jsonb_path_ops);

CREATE TABLE sample_block (
  series_id bigint NOT NULL,
  start_at timestamptz NOT NULL,
  end_at timestamptz NOT NULL,
  written bigint NOT NULL,
  count int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (series_id, start_at, written)
) ${partition_sample_block};
ALTER TABLE sample_block ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON COLUMN sample_block.written IS 'checkpoint that wrote the row; where rows overlap the highest wins';

CREATE TABLE sample_5m (
  series_id bigint NOT NULL,
  at timestamptz NOT NULL,
  avg double precision NOT NULL,
  min double precision NOT NULL,
  max double precision NOT NULL,
  count int NOT NULL,
  PRIMARY KEY (series_id, at)
) ${partition_sample_5m};

CREATE TABLE check_result (
  check_name text NOT NULL,
  at timestamptz NOT NULL,
  verdict text NOT NULL,
  cause text NOT NULL DEFAULT '',
  latency_ms double precision,
  detail text NOT NULL DEFAULT '',
  PRIMARY KEY (check_name, at)
) ${partition_check_result};

CREATE TABLE check_day (
  check_name text NOT NULL,
  day date NOT NULL,
  up_seconds double precision NOT NULL DEFAULT 0,
  down_seconds double precision NOT NULL DEFAULT 0,
  unknown_seconds double precision NOT NULL DEFAULT 0,
  maintenance_seconds double precision NOT NULL DEFAULT 0,
  PRIMARY KEY (check_name, day)
);
