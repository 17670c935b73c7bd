-- What batch jobs pushed, as long as their groups live.
CREATE TABLE pushed_group (
  key text PRIMARY KEY,
  pushed_at timestamptz NOT NULL,
  document jsonb NOT NULL
);
COMMENT ON COLUMN pushed_group.key IS 'SHA-256 of the labels of the path, as JSON';
