-- Deliveries of a connected account that an import brings, by export id with their times.
alter table costs.import add column delivery jsonb;
