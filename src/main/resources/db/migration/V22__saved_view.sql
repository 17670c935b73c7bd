-- Filters of the console's lists that people saved under a name; they are everybody's.
CREATE TABLE saved_view (
  list text NOT NULL,
  name text COLLATE "C" NOT NULL,
  query text NOT NULL,
  saved_by text NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (list, name)
);
