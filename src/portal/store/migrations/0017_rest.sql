-- The state an account was in when it was put to rest: it comes back to that.
ALTER TABLE accounts ADD COLUMN rests_from TEXT;
-- How many codes an address was sent, whoever gave it.
CREATE INDEX codes_address ON codes (address, made_at);
