-- Documents that are only read as a whole are kept as they were given: taking them apart for
-- operators and indexes cost more than half of what a storm writes. Two panels read the actor of
-- an event, which "json" has operators for.
ALTER TABLE alert ALTER COLUMN document TYPE json USING document::json;
ALTER TABLE incident_alert ALTER COLUMN document TYPE json USING document::json;
ALTER TABLE posted_alert ALTER COLUMN document TYPE json USING document::json;
ALTER TABLE incident_event ALTER COLUMN document TYPE json USING document::json;
