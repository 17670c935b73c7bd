-- Alerts that others found and told us of, while they are on.
CREATE TABLE posted_alert (
  key text PRIMARY KEY,
  source text NOT NULL,
  updated_at timestamptz NOT NULL,
  document jsonb NOT NULL
);
COMMENT ON COLUMN posted_alert.key IS 'SHA-256 of rule id and labels, as in alert.key';

-- Each time an alert breached, also when it never became a page; kept 30 days.
CREATE TABLE alert_episode (
  key text NOT NULL,
  active_since timestamptz NOT NULL,
  fingerprint text NOT NULL,
  name text NOT NULL,
  severity text NOT NULL,
  fired boolean NOT NULL,
  ended_at timestamptz,
  document jsonb NOT NULL,
  PRIMARY KEY (key, active_since)
);
CREATE INDEX alert_episode_fingerprint ON alert_episode (fingerprint, active_since DESC);
CREATE INDEX alert_episode_since ON alert_episode (active_since);
CREATE INDEX alert_episode_on ON alert_episode (key) WHERE ended_at IS NULL;

-- Deploys and other changes, shown on the timelines of incidents; kept as long as reports.
CREATE TABLE change_event (
  id text PRIMARY KEY,
  at timestamptz NOT NULL,
  source text NOT NULL,
  document jsonb NOT NULL
);
CREATE INDEX change_event_at ON change_event (at);

-- Webhooks taken already, by their sender's own id; kept a week.
CREATE TABLE hook_seen (
  source text NOT NULL,
  id text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (source, id)
);
CREATE INDEX hook_seen_at ON hook_seen (at);

-- Other systems' names for our incidents, for two-way sync.
CREATE TABLE foreign_incident (
  source text NOT NULL,
  foreign_id text NOT NULL,
  incident_id text NOT NULL,
  PRIMARY KEY (source, foreign_id)
);
CREATE INDEX foreign_incident_of ON foreign_incident (incident_id);

-- The alerts of an incident by their newest state: a storm adds rows instead of rewriting a document.
CREATE TABLE incident_alert (
  incident_id text NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  key text NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  document jsonb NOT NULL,
  PRIMARY KEY (incident_id, key)
);
CREATE INDEX incident_alert_order ON incident_alert (incident_id, position);
