-- The state an account was in when it was put to rest: it comes back to that.
ALTER TABLE accounts ADD COLUMN rests_from TEXT;
