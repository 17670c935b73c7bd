-- Secret keys that all nodes share: what signs links and calendar addresses.
CREATE TABLE service_key (
  purpose text PRIMARY KEY,
  key bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Under what name a receiver keeps a conversation: a chat's message, an issue's key.
CREATE TABLE channel_thread (
  destination text NOT NULL,
  dedup_key text NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (destination, dedup_key)
);
