-- The ledger is read by destination, newest first.
CREATE INDEX delivery_destination ON delivery (destination, id);
