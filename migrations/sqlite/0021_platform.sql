-- New passwords and other phones of admins, and what the page of the platform's health shows.

-- The admin who sets a new password with the link; NULL for an invitation.
ALTER TABLE admin_invitations ADD COLUMN admin_id INTEGER REFERENCES admins (id);
-- The admin who made the link; NULL for the operator at the command line.
ALTER TABLE admin_invitations ADD COLUMN made_by INTEGER REFERENCES admins (id);

-- The secret of another app, which waits for its first code while the present one works.
ALTER TABLE admin_second_steps ADD COLUMN next_secret_sealed TEXT;
ALTER TABLE admin_second_steps ADD COLUMN next_created_at INTEGER;

-- The runs of the commands that the operator schedules, kept for a year.
CREATE TABLE job_runs (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    -- NULL while it runs, and if it was killed.
    ended_at INTEGER,
    -- `good`, `faults` or `failed`; NULL like the end.
    outcome TEXT,
    -- What it counted, and the faults that it found.
    figures TEXT NOT NULL
) STRICT;

CREATE INDEX job_runs_by_job ON job_runs (job, id);

-- The size of the database on each day, kept for a year.
CREATE TABLE database_sizes (
    -- The local midnight with which the day begins.
    day INTEGER PRIMARY KEY,
    bytes INTEGER NOT NULL
) STRICT;

-- The messages that wait, the oldest first.
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE sent_at IS NULL;
