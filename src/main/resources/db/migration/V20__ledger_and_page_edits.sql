-- The ledger is read by destination, newest first.
CREATE INDEX delivery_destination ON delivery (destination, id);

-- What people changed of the status page beside the configuration; at most one row.
CREATE TABLE page_edits (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  document jsonb NOT NULL,
  edited_by text NOT NULL,
  edited_at timestamptz NOT NULL
);
