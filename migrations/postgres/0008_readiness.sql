-- What /readyz writes: a database that takes this row takes sales.
CREATE TABLE readiness (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    written_at BIGINT NOT NULL
);
