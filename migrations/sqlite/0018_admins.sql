-- The admins of the platform: their sessions, invitations and second step, and the journal of what
-- is done on the platform. An admin belongs to no store.

ALTER TABLE admins ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE admins SET name = login;
-- A tag such as `tg`; NULL if the admin has not chosen one.
ALTER TABLE admins ADD COLUMN language TEXT;
ALTER TABLE admins ADD COLUMN removed_at INTEGER;

CREATE TABLE admin_sessions (
    token_hash TEXT PRIMARY KEY,
    admin_id INTEGER NOT NULL REFERENCES admins (id),
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    -- The moment when the admin last entered the password.
    confirmed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX admin_sessions_of_admin ON admin_sessions (admin_id);

CREATE TABLE admin_invitations (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- The moment when it was used or cancelled.
    ended_at INTEGER
) STRICT;

CREATE TABLE admin_second_steps (
    admin_id INTEGER PRIMARY KEY REFERENCES admins (id),
    secret_sealed TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The moment of the first right code. NULL: the sign-in asks to connect an app.
    confirmed_at INTEGER,
    -- The time step of the last accepted code. A code of this or an earlier step is refused.
    last_step INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE admin_recovery_codes (
    admin_id INTEGER NOT NULL REFERENCES admin_second_steps (admin_id),
    code_hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (admin_id, code_hash)
) STRICT, WITHOUT ROWID;

-- The admins whose password was right and whose code is awaited, by the hash of a cookie.
CREATE TABLE admin_pending_sign_ins (
    token_hash TEXT PRIMARY KEY,
    admin_id INTEGER NOT NULL REFERENCES admins (id),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX admin_pending_sign_ins_of_admin ON admin_pending_sign_ins (admin_id);

CREATE TABLE platform_entries (
    id INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL,
    -- NULL for the operator at the command line.
    admin_id INTEGER REFERENCES admins (id),
    -- The name at that time.
    who TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    -- What it was done to: `admin:12`.
    subject TEXT NOT NULL,
    -- The name of the subject, the state before and after, the reason.
    details TEXT NOT NULL
) STRICT;

CREATE INDEX platform_entries_by_age ON platform_entries (created_at, id);

CREATE TRIGGER platform_entries_are_not_changed BEFORE UPDATE ON platform_entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER platform_entries_are_not_deleted BEFORE DELETE ON platform_entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
