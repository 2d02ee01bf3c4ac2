-- What was answered under an idempotency key, where no thing was made that could be shown instead: an import.
ALTER TABLE idempotency_keys ADD COLUMN answer TEXT;
