-- Pictures that were sent with a service request, in their order. Their bytes are kept as documents, by the digest.
CREATE TABLE request_pictures (
    request BIGINT NOT NULL REFERENCES requests (id),
    place BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    PRIMARY KEY (request, place)
) STRICT;
