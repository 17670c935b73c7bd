-- Runbooks as last read from their folder, for full-text search; what readers think of them.
CREATE TABLE runbook (
  name text PRIMARY KEY,
  source text NOT NULL,
  words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', regexp_replace(name, '([a-z])([A-Z])', '\1 \2', 'g')), 'A')
      || to_tsvector('english', source)) STORED
);
CREATE INDEX runbook_words ON runbook USING gin (words);

CREATE TABLE runbook_vote (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  person text NOT NULL,
  helpful boolean NOT NULL,
  voted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX runbook_vote_name ON runbook_vote (name);
