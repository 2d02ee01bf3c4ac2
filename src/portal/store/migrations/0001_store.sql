-- What the store itself needs: which migrations this database has seen.
CREATE TABLE IF NOT EXISTS schema_version (
    version BIGINT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
