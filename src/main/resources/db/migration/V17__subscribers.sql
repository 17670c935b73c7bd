-- Who asked the public page for news, and what each is still to be told. The first draft of the
-- table was never written to.
DROP TABLE subscriber;
CREATE TABLE subscriber (
  id text PRIMARY KEY,
  kind text NOT NULL,
  target text NOT NULL,
  email text NOT NULL,
  components text[] NOT NULL,
  language text NOT NULL,
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  failing_since timestamptz,
  disabled_at timestamptz,
  UNIQUE (kind, target, email)
);
CREATE INDEX subscriber_unconfirmed ON subscriber (created_at) WHERE confirmed_at IS NULL;

-- What was said, frozen when it was first seen: nobody gets two contents under one id.
CREATE TABLE subscriber_news (
  id text PRIMARY KEY,
  at timestamptz NOT NULL,
  document jsonb NOT NULL
);

CREATE TABLE subscriber_delivery (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscriber text NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
  news text NOT NULL REFERENCES subscriber_news (id) ON DELETE CASCADE,
  lane text NOT NULL,
  by_mail boolean NOT NULL,
  state text NOT NULL DEFAULT 'PENDING',
  planned_at timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  claimed_until timestamptz,
  attempts int NOT NULL DEFAULT 0,
  detail text NOT NULL DEFAULT '',
  UNIQUE (subscriber, news)
);
CREATE INDEX subscriber_delivery_lane ON subscriber_delivery (subscriber, lane, id)
  WHERE state = 'PENDING';
CREATE INDEX subscriber_delivery_due ON subscriber_delivery (by_mail, next_attempt_at)
  WHERE state = 'PENDING';
CREATE INDEX subscriber_delivery_news ON subscriber_delivery (news);
