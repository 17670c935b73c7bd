-- The state of each listed component that webhooks were told of last, written in one transaction
-- with the news: a change is told once, also when the process is killed in between.
CREATE TABLE component_told (
  component text PRIMARY KEY,
  state text NOT NULL,
  at timestamptz NOT NULL
);
