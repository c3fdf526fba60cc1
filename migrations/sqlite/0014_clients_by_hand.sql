-- What people do to clients in the panel: search, changes by hand, blocks, changes of phone,
-- merges and erasure.

-- The name as the search reads it: small letters, plain signs. Filled by the program, which alone
-- knows the letters; NULL until then.
ALTER TABLE clients ADD COLUMN folded_name TEXT;
ALTER TABLE clients ADD COLUMN blocked_reason TEXT;
-- The moment of the last change of phone: for a day after it no bonuses are redeemed.
ALTER TABLE clients ADD COLUMN phone_changed_at INTEGER;
-- The client into whom this one was merged, and who is not merged himself.
ALTER TABLE clients ADD COLUMN merged_into INTEGER;
-- The number of clients merged into this one: only then their documents are looked for.
ALTER TABLE clients ADD COLUMN absorbed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clients ADD COLUMN erased_at INTEGER;

CREATE INDEX clients_to_fold ON clients (tenant_id, id)
    WHERE full_name IS NOT NULL AND folded_name IS NULL;
CREATE INDEX clients_by_name ON clients (tenant_id, folded_name) WHERE folded_name IS NOT NULL;
CREATE INDEX clients_blocked ON clients (tenant_id, id)
    WHERE blocked_at IS NOT NULL AND merged_into IS NULL;
CREATE INDEX clients_merged ON clients (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
-- With every column that the groups of the list count. PostgreSQL has no such index: it would make
-- each sale's update of its client's row touch every index of the table.
CREATE INDEX clients_in_groups ON clients (tenant_id, id, merged_into, last_purchase_at, created_at,
    total_spent_dirams);

-- With every column that the list of expiring bonuses reads.
DROP INDEX lots_to_expire;
CREATE INDEX lots_to_expire ON lots (tenant_id, expires_at, client_id, remaining_dirams)
    WHERE remaining_dirams > 0;

-- Changes of a balance by hand, and merges.
CREATE TABLE client_acts (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('credit', 'debit', 'merge')),
    -- The bonuses given, taken, or brought by the merged client; negative if that was a debt.
    amount_dirams INTEGER NOT NULL,
    -- The client who was merged into `client_id`.
    other_id INTEGER,
    reason TEXT NOT NULL,
    user_id INTEGER,
    -- The name of the person at that time.
    who TEXT NOT NULL,
    -- What the form carried, so that a form sent twice acts once.
    once_key TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, once_key),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
    FOREIGN KEY (tenant_id, other_id) REFERENCES clients (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT;

CREATE INDEX client_acts_of_person ON client_acts (tenant_id, user_id, created_at);

-- The act that an entry belongs to.
ALTER TABLE entries ADD COLUMN act_id INTEGER;
CREATE INDEX entries_of_acts ON entries (tenant_id, act_id) WHERE act_id IS NOT NULL;

-- The phones that clients had before. Here and not in the journal, which is never changed: an
-- erased client's phones are deleted.
CREATE TABLE phone_changes (
    tenant_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    old_phone TEXT NOT NULL,
    new_phone TEXT NOT NULL,
    PRIMARY KEY (tenant_id, client_id, changed_at),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX phone_changes_by_phone ON phone_changes (tenant_id, old_phone, changed_at);

-- For the feed of a client.
CREATE INDEX returns_by_client ON returns (tenant_id, client_id, created_at);
