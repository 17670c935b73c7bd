-- What models' intake has acknowledged since the models' last snapshots. Written in two parts in
-- turn: while one takes entries the other is emptied, once every snapshot holds what is in it.
CREATE TABLE model_journal_a (
  seq bigint PRIMARY KEY,
  model text NOT NULL,
  entry bytea NOT NULL
);
ALTER TABLE model_journal_a ALTER COLUMN entry SET STORAGE EXTERNAL;

CREATE TABLE model_journal_b (
  seq bigint PRIMARY KEY,
  model text NOT NULL,
  entry bytea NOT NULL
);
ALTER TABLE model_journal_b ALTER COLUMN entry SET STORAGE EXTERNAL;

-- The highest number ever used, so that an emptied journal does not begin anew.
CREATE TABLE model_journal_end (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  seq bigint NOT NULL
);
INSERT INTO model_journal_end (seq) VALUES (0);
