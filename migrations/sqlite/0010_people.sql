-- The people who sign in to a store's panel: their roles, sessions and one-time links, the wrong
-- guesses at their passwords, and the journal of what they did.

ALTER TABLE panel_users ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE panel_users SET name = login;
ALTER TABLE panel_users ADD COLUMN role TEXT NOT NULL DEFAULT 'owner'
    CHECK (role IN ('owner', 'manager', 'accountant'));
ALTER TABLE panel_users ADD COLUMN removed_at INTEGER;
CREATE UNIQUE INDEX panel_users_of_store ON panel_users (tenant_id, id);

CREATE TABLE panel_sessions (
    tenant_id INTEGER NOT NULL,
    token_hash TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    -- The moment when the person last entered the password.
    confirmed_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX panel_sessions_of_user ON panel_sessions (tenant_id, user_id);

-- Links that are shown once: an invitation, or a new password for the user named by user_id.
CREATE TABLE account_links (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    token_hash TEXT NOT NULL,
    user_id INTEGER,
    -- The name of an invited person.
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'accountant')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- The moment when it was used or cancelled.
    ended_at INTEGER,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT;

-- Guesses at a password within a window, by the hash of the login or of the address. In the
-- database, because several servers must count together. No store is known before the guess.
CREATE TABLE guesses (
    subject TEXT PRIMARY KEY,
    began_at INTEGER NOT NULL,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_entries (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    created_at INTEGER NOT NULL,
    -- NULL for the platform itself.
    user_id INTEGER,
    -- The name at that time.
    who TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    -- What it was done to: `till:12`.
    subject TEXT NOT NULL,
    -- The name of the subject, the state before and after, the reason.
    details TEXT NOT NULL,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT;

CREATE INDEX audit_entries_by_age ON audit_entries (tenant_id, created_at, id);

CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER audit_entries_are_not_deleted BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- For the sums of a day.
CREATE INDEX sales_by_day ON sales (tenant_id, happened_at);
CREATE INDEX returns_by_day ON returns (tenant_id, happened_at);
CREATE INDEX receipts_by_day ON receipts (tenant_id, happened_at);

-- The moment when the till last proved its tokens and device, exact to a minute.
ALTER TABLE cashier_nodes ADD COLUMN seen_at INTEGER;

ALTER TABLE branches ADD COLUMN address TEXT NOT NULL DEFAULT '';
