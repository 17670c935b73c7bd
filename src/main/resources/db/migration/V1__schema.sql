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

-- The order of samples: one row per group commit, seq ascending with gaps. Partitioned by node, then
-- by seq; the writer makes the partitions, a checkpoint drops them.
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

-- What the five-minute aggregates cover already.
CREATE TABLE rollup (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  written bigint NOT NULL,
  at timestamptz NOT NULL
);
INSERT INTO rollup (written, at) VALUES (0, '-infinity');

CREATE TABLE series (
  id bigint PRIMARY KEY,
  labels jsonb NOT NULL,
  name text GENERATED ALWAYS AS (labels ->> '__name__') STORED,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX series_name ON series (name);
CREATE INDEX series_labels ON series USING gin (labels jsonb_path_ops);

-- Encoded chunks of one series. Rows may overlap (late samples, chunks that were not yet full).
CREATE SEQUENCE sample_block_written;
CREATE TABLE sample_block (
  series_id bigint NOT NULL,
  start_at timestamptz NOT NULL,
  end_at timestamptz NOT NULL,
  written bigint NOT NULL DEFAULT nextval('sample_block_written'),
  count int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (series_id, end_at, written)
) ${partition_sample_block};
CREATE INDEX sample_block_by_written ON sample_block USING brin (written);
ALTER TABLE sample_block ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON COLUMN sample_block.written IS 'order of writing: where rows overlap, the highest wins';

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
  component text NOT NULL,
  at timestamptz NOT NULL,
  duration_ms double precision NOT NULL,
  outcome text NOT NULL,
  verdict_before text NOT NULL,
  verdict text NOT NULL,
  cause_side text,
  cause text,
  detail text NOT NULL,
  tls_expiry timestamptz,
  status_code int,
  PRIMARY KEY (check_name, at)
) ${partition_check_result};

CREATE TABLE check_state (
  check_name text PRIMARY KEY,
  verdict text NOT NULL,
  since timestamptz NOT NULL,
  document jsonb NOT NULL
);

-- Seconds of a day (UTC) that a check or component spent in each state.
CREATE TABLE check_day (
  kind text NOT NULL,
  name text NOT NULL,
  day date NOT NULL,
  up_seconds double precision NOT NULL,
  degraded_seconds double precision NOT NULL,
  down_seconds double precision NOT NULL,
  unknown_seconds double precision NOT NULL,
  maintenance_seconds double precision NOT NULL,
  PRIMARY KEY (kind, name, day)
);

CREATE TABLE check_booked (
  kind text NOT NULL,
  name text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (kind, name)
);

-- What the engine decided: alerts, incidents, their events and the messages, in one transaction.
CREATE TABLE alert (
  key text PRIMARY KEY,
  rule_id text NOT NULL,
  alert_name text NOT NULL,
  labels jsonb NOT NULL,
  phase text NOT NULL,
  severity text NOT NULL,
  active_since timestamptz NOT NULL,
  document jsonb NOT NULL
);
COMMENT ON COLUMN alert.key IS 'SHA-256 of rule id and labels';

CREATE TABLE incident (
  id text PRIMARY KEY,
  number bigint NOT NULL,
  state text NOT NULL,
  severity text NOT NULL,
  title text NOT NULL,
  published boolean NOT NULL,
  opened_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  resolved_at timestamptz,
  last_seq bigint NOT NULL,
  document jsonb NOT NULL
);
CREATE INDEX incident_opened ON incident (opened_at DESC);
CREATE INDEX incident_open ON incident (opened_at DESC) WHERE state = 'OPEN';
CREATE INDEX incident_number ON incident (number);

CREATE TABLE incident_event (
  incident_id text NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  document jsonb NOT NULL,
  PRIMARY KEY (incident_id, seq)
);
CREATE INDEX incident_event_at ON incident_event (at);

-- The outbox. A lane is (destination, incident): only its oldest pending row is sent.
CREATE TABLE delivery (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  destination text NOT NULL,
  incident_id text NOT NULL,
  dedup_key text NOT NULL,
  transition text NOT NULL,
  state text NOT NULL DEFAULT 'PENDING',
  planned_at timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  delivered_at timestamptz,
  claimed_by int REFERENCES node (id),
  claimed_until timestamptz,
  message jsonb NOT NULL,
  UNIQUE (destination, dedup_key, transition)
);
CREATE INDEX delivery_lane ON delivery (destination, incident_id, id) WHERE state = 'PENDING';
CREATE INDEX delivery_due ON delivery (next_attempt_at) WHERE state = 'PENDING';
CREATE INDEX delivery_dead ON delivery (id) WHERE state = 'DEAD';
CREATE INDEX delivery_incident ON delivery (incident_id, id);

CREATE TABLE delivery_attempt (
  delivery_id bigint NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  at timestamptz NOT NULL,
  took_ms bigint NOT NULL,
  delivered boolean NOT NULL,
  detail text NOT NULL
);
CREATE INDEX delivery_attempt_delivery ON delivery_attempt (delivery_id, at);

-- Human commands that reached a node which does not lead.
CREATE TABLE command (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  node int NOT NULL REFERENCES node (id),
  incident_id text,
  actor jsonb NOT NULL,
  document jsonb NOT NULL,
  answered_at timestamptz,
  answer jsonb
);
CREATE INDEX command_waiting ON command (id) WHERE answered_at IS NULL;

CREATE TABLE silence (
  id text PRIMARY KEY,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  document jsonb NOT NULL
);
CREATE INDEX silence_ends ON silence (ends_at);

CREATE TABLE maintenance (
  id text PRIMARY KEY,
  title text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  document jsonb NOT NULL
);
CREATE INDEX maintenance_ends ON maintenance (ends_at);

CREATE TABLE shift_override (
  id text PRIMARY KEY,
  schedule text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  document jsonb NOT NULL
);
CREATE INDEX shift_override_ends ON shift_override (ends_at);

CREATE TABLE subscriber (
  id text PRIMARY KEY,
  address text NOT NULL UNIQUE,
  token_hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  document jsonb NOT NULL
);

-- Every version of a post-mortem; none is ever changed.
CREATE TABLE postmortem (
  incident_id text NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  version int NOT NULL,
  document jsonb NOT NULL,
  PRIMARY KEY (incident_id, version)
);

CREATE TABLE action_item (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  state text NOT NULL,
  due_on date,
  document jsonb NOT NULL
);
CREATE INDEX action_item_incident ON action_item (incident_id);

-- The latest snapshot of each watched model: windows, references, scores.
CREATE TABLE model_state (
  model text PRIMARY KEY,
  saved_at timestamptz NOT NULL DEFAULT now(),
  snapshot bytea NOT NULL
);

CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  document jsonb NOT NULL
);
CREATE INDEX audit_log_at ON audit_log (at);

CREATE TABLE api_token (
  id text PRIMARY KEY,
  name text NOT NULL,
  hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz
);
