-- Secret keys that all nodes share: what signs links and calendar addresses.
CREATE TABLE service_key (
  purpose text PRIMARY KEY,
  key bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
