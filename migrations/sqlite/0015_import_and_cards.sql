-- Clients brought along from another system, and cards that cannot be guessed.

-- The key of the order in which card numbers are issued, and the last number that was issued before
-- the store had one.
ALTER TABLE tenants ADD COLUMN card_key_sealed TEXT;
ALTER TABLE tenants ADD COLUMN cards_in_order INTEGER NOT NULL DEFAULT 0;
UPDATE tenants SET cards_in_order = last_card_number;

-- Card numbers reserved for a printer.
CREATE TABLE card_batches (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    cards INTEGER NOT NULL,
    note TEXT NOT NULL,
    -- The name of the person at that time.
    who TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, id)
) STRICT;

-- Cards that registration must not issue: those of a batch, and those that were replaced.
CREATE TABLE cards (
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    card_number TEXT NOT NULL,
    ean13 TEXT NOT NULL,
    batch_id INTEGER,
    -- The client who got it; NULL while it is free.
    client_id INTEGER,
    given_at INTEGER,
    PRIMARY KEY (tenant_id, card_number),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES card_batches (tenant_id, id),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX cards_by_batch ON cards (tenant_id, batch_id, card_number) WHERE batch_id IS NOT NULL;
CREATE INDEX free_cards ON cards (tenant_id) WHERE given_at IS NULL;

-- Files of clients. The content is kept for a day at most, and only until the file is applied.
CREATE TABLE imports (
    -- The number of a deleted file must not name another one.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    -- NULL for the platform itself.
    user_id INTEGER,
    -- The name of the person at that time.
    who TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content BLOB,
    -- How the content is read: encoding, separator, columns.
    reading TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    applied_at INTEGER,
    -- What it has done.
    new_clients INTEGER NOT NULL DEFAULT 0,
    known_clients INTEGER NOT NULL DEFAULT 0,
    opening_dirams INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT;

CREATE INDEX imports_with_content ON imports (tenant_id, created_at) WHERE content IS NOT NULL;
