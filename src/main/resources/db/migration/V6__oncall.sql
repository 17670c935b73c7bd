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

CREATE INDEX postmortem_words ON postmortem
  USING gin (to_tsvector('english', document ->> 'markdown'));

-- How far each post-mortem is: draft, in review, published.
CREATE TABLE postmortem_review (
  incident_id text PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
  state text NOT NULL,
  document jsonb NOT NULL
);
CREATE INDEX action_item_open ON action_item (due_on) WHERE state = 'OPEN';
