-- Whether a report's mails are still to be planned; those of before were mailed to nobody.
ALTER TABLE model_report ADD COLUMN to_mail boolean NOT NULL DEFAULT false;
CREATE INDEX model_report_to_mail ON model_report (day) WHERE to_mail;
