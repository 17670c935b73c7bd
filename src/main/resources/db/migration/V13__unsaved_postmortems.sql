-- What people typed into post-mortems and have not saved yet: the newest text of each person.
CREATE TABLE postmortem_unsaved (
  incident_id text NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  person text NOT NULL,
  based_on int NOT NULL,
  markdown text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (incident_id, person)
);
