-- A storm writes ten thousand rows here within seconds, while incidents are forgotten once a night:
-- housekeeping takes the rows along, and the few readers of an incident sort them.
ALTER TABLE incident_alert DROP CONSTRAINT incident_alert_incident_id_fkey;
DROP INDEX incident_alert_order;
