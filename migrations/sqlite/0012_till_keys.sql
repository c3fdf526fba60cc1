-- Keys that are replaced while the old one still works, codes that make a phone a till, and what a
-- till's requests say about its program and its clock.

-- One old key of a till, until its end. A binding belongs to a key, so the old key has its own.
ALTER TABLE cashier_nodes ADD COLUMN old_token_hash TEXT;
ALTER TABLE cashier_nodes ADD COLUMN old_token_until INTEGER;
-- The last request with the old key, exact to a minute.
ALTER TABLE cashier_nodes ADD COLUMN old_token_seen_at INTEGER;
ALTER TABLE cashier_nodes ADD COLUMN old_device_id TEXT;
ALTER TABLE cashier_nodes ADD COLUMN old_device_bound_at INTEGER;
CREATE UNIQUE INDEX cashier_nodes_by_old_token ON cashier_nodes (tenant_id, old_token_hash)
    WHERE old_token_hash IS NOT NULL;

-- One old key of a store, until its end.
ALTER TABLE tenants ADD COLUMN old_token_hash TEXT;
ALTER TABLE tenants ADD COLUMN old_token_until INTEGER;
CREATE UNIQUE INDEX tenants_by_old_token ON tenants (old_token_hash)
    WHERE old_token_hash IS NOT NULL;
-- The last request of this till with the old key of the store, exact to a minute.
ALTER TABLE cashier_nodes ADD COLUMN old_store_token_seen_at INTEGER;

-- What the requests of a till say: its program, how far its clock is fast, its last refusal, and
-- its first search for a client and first return.
ALTER TABLE cashier_nodes ADD COLUMN program TEXT;
ALTER TABLE cashier_nodes ADD COLUMN clock_fast_seconds INTEGER;
ALTER TABLE cashier_nodes ADD COLUMN refusal_code TEXT;
ALTER TABLE cashier_nodes ADD COLUMN refused_at INTEGER;
ALTER TABLE cashier_nodes ADD COLUMN looked_up_at INTEGER;
ALTER TABLE cashier_nodes ADD COLUMN returned_at INTEGER;

-- The last code of a till by which a phone becomes that till. No store is known before the code, so
-- its hash is unique in the whole database.
CREATE TABLE pairing_codes (
    tenant_id INTEGER NOT NULL,
    cashier_node_id INTEGER NOT NULL,
    code_hash TEXT NOT NULL UNIQUE,
    -- The person who asked for it, and the name at that time; NULL for the platform itself.
    user_id INTEGER,
    who TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- The device that has used it.
    device_id TEXT,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, cashier_node_id),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- For the last sale of a till and the sales of one till.
CREATE INDEX sales_by_till ON sales (tenant_id, cashier_node_id, happened_at);
CREATE INDEX receipts_by_till ON receipts (tenant_id, cashier_node_id, happened_at);
