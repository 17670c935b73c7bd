-- What each model did on each day; kept 400 days.
CREATE TABLE model_report (
  model text NOT NULL,
  day date NOT NULL,
  document jsonb NOT NULL,
  PRIMARY KEY (model, day)
);
