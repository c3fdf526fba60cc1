-- What the platform's admins decide about a store: the tills that it has paid for, and its
-- suspension.

-- The most tills that may be switched on; NULL is not limited. Stores that exist are not limited:
-- nobody has said yet how many tills they pay for, and an update must not refuse a shop a till.
ALTER TABLE tenants ADD COLUMN paid_tills BIGINT CHECK (paid_tills >= 0);
-- Who has suspended the store, and why, as its owner reads it.
ALTER TABLE tenants ADD COLUMN suspended_by TEXT;
ALTER TABLE tenants ADD COLUMN suspended_for TEXT;
-- The form that opened the store, so that a form which is sent twice opens one.
ALTER TABLE tenants ADD COLUMN opening TEXT;
CREATE UNIQUE INDEX tenants_by_opening ON tenants (opening) WHERE opening IS NOT NULL;

-- What was done to a store.
CREATE INDEX platform_entries_of_subject ON platform_entries (subject, created_at, id);
