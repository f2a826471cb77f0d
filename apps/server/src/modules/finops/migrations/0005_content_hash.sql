-- SHA-256 of what a scan found, as it was written: a scan that finds the same again writes nothing.
alter table finops.recommendation add column content_hash bytea;
