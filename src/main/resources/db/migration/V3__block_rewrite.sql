-- Days (UTC) whose blocks were rewritten into few rows per series, and up to which row.
CREATE TABLE block_rewrite (
  day date PRIMARY KEY,
  written bigint NOT NULL
);
COMMENT ON COLUMN block_rewrite.written IS 'rows of sample_block up to here are merged';
