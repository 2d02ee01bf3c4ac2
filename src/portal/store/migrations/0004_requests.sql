-- Service requests. `private` and the answers' audience are as they were declared when it was filed; latitude and
-- longitude are in units of 1e-7 degrees; `events` counts its timeline.
CREATE TABLE requests (
    id BIGINT PRIMARY KEY,
    service TEXT NOT NULL,
    department TEXT NOT NULL,
    private BIGINT NOT NULL,
    reporter BIGINT REFERENCES accounts (id),
    name TEXT,
    email TEXT,
    phone TEXT,
    description TEXT,
    address TEXT,
    address_id TEXT,
    zipcode TEXT,
    latitude BIGINT,
    longitude BIGINT,
    media TEXT NOT NULL,
    answers TEXT NOT NULL,
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT,
    notes TEXT,
    assignee BIGINT REFERENCES accounts (id),
    duplicate_of BIGINT REFERENCES requests (id),
    requested_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expected_at BIGINT,
    closed_at BIGINT,
    events BIGINT NOT NULL
) STRICT;
CREATE INDEX requests_requested ON requests (requested_at, id);
CREATE INDEX requests_updated ON requests (updated_at, id);
CREATE INDEX requests_reporter ON requests (reporter, requested_at, id);
CREATE INDEX requests_near ON requests (service, latitude) WHERE status = 'open';
CREATE INDEX requests_duplicate_of ON requests (duplicate_of) WHERE duplicate_of IS NOT NULL;

-- What happened to a request. Rows are added, never changed.
CREATE TABLE request_events (
    request BIGINT NOT NULL REFERENCES requests (id),
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    status TEXT NOT NULL,
    note TEXT,
    audience TEXT NOT NULL,
    side TEXT NOT NULL,
    author BIGINT REFERENCES accounts (id),
    department TEXT,
    media TEXT,
    PRIMARY KEY (request, place)
) STRICT;
CREATE INDEX request_events_at ON request_events (at, request, place) WHERE audience = 'public';

CREATE TABLE request_followers (
    request BIGINT NOT NULL REFERENCES requests (id),
    account BIGINT NOT NULL REFERENCES accounts (id),
    since BIGINT NOT NULL,
    PRIMARY KEY (request, account)
) STRICT;

-- Pictures that were sent with a request; the bytes lie in the documents folder, named by their digest.
CREATE TABLE request_media (
    request BIGINT NOT NULL REFERENCES requests (id),
    place BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (request, place)
) STRICT;
CREATE INDEX request_media_digest ON request_media (digest);
