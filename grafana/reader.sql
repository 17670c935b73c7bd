-- A role for Grafana's SQL panels: it reads what the boards show, and nothing that is secret (no
-- tokens, keys, subscribers, definitions of checks). Run as the owner of the database, once Tocsin
-- has made its tables; run it again for another password:
--   psql -d tocsin -v password="'a long one'" -f grafana/reader.sql
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tocsin_reader') THEN
    CREATE ROLE tocsin_reader;
  END IF;
END $$;
ALTER ROLE tocsin_reader LOGIN PASSWORD :password CONNECTION LIMIT 10;
ALTER ROLE tocsin_reader SET default_transaction_read_only = on;
ALTER ROLE tocsin_reader SET statement_timeout = '10s';
ALTER ROLE tocsin_reader SET search_path = tocsin;
GRANT USAGE ON SCHEMA tocsin TO tocsin_reader;
GRANT SELECT ON tocsin.incident, tocsin.incident_event, tocsin.alert, tocsin.alert_episode,
  tocsin.delivery_attempt, tocsin.check_result, tocsin.check_day, tocsin.silence,
  tocsin.maintenance, tocsin.shift_override, tocsin.change_event, tocsin.series,
  tocsin.sample_5m TO tocsin_reader;
-- Of messages everything but their text.
GRANT SELECT (id, destination, incident_id, dedup_key, transition, state, planned_at,
  next_attempt_at, delivered_at) ON tocsin.delivery TO tocsin_reader;
