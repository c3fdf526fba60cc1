-- The store, its tills, its clients and their ledger.
--
-- Money and bonuses are dirams, moments are microseconds since 1970 in UTC, percentages are basis points, quantities
-- are thousandths. A public number (`id`) is the rowid, which SQLite gives; every reference to it carries the tenant,
-- as does every index that a request walks, so that the PostgreSQL twin can be sharded by tenant.

CREATE TABLE tenants (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    token_sealed TEXT NOT NULL,
    suspended_at INTEGER,
    last_card_number INTEGER NOT NULL DEFAULT 0,
    inventory_synced_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE programmes (
    tenant_id INTEGER PRIMARY KEY REFERENCES tenants (id),
    currency TEXT NOT NULL,
    bonus_percent_bp INTEGER NOT NULL CHECK (bonus_percent_bp BETWEEN 0 AND 10000),
    max_redeem_percent_bp INTEGER NOT NULL CHECK (max_redeem_percent_bp BETWEEN 0 AND 10000),
    accrual_base TEXT NOT NULL CHECK (accrual_base IN ('net_cash', 'gross')),
    redeem_hold_seconds INTEGER NOT NULL CHECK (redeem_hold_seconds >= 0),
    bonus_expiry_days INTEGER NOT NULL CHECK (bonus_expiry_days >= 0),
    bonus_expiry_reminder_days INTEGER NOT NULL CHECK (bonus_expiry_reminder_days >= 0),
    min_purchase_dirams INTEGER NOT NULL CHECK (min_purchase_dirams >= 0),
    welcome_bonus_dirams INTEGER NOT NULL CHECK (welcome_bonus_dirams >= 0),
    welcome_min_redeem_dirams INTEGER NOT NULL CHECK (welcome_min_redeem_dirams >= 0),
    referral_bonus_dirams INTEGER NOT NULL CHECK (referral_bonus_dirams >= 0),
    reactivation_days INTEGER NOT NULL CHECK (reactivation_days >= 0),
    reactivation_bonus_dirams INTEGER NOT NULL CHECK (reactivation_bonus_dirams >= 0),
    second_purchase_days INTEGER NOT NULL CHECK (second_purchase_days >= 0),
    second_purchase_bonus_dirams INTEGER NOT NULL CHECK (second_purchase_bonus_dirams >= 0),
    -- A short list that is only ever read and written whole, with the programme.
    tiers TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE branches (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, id)
) STRICT;

CREATE TABLE cashier_nodes (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    branch_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    token_sealed TEXT NOT NULL,
    disabled_at INTEGER,
    device_id TEXT,
    device_bound_at INTEGER,
    device_mismatch_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, branch_id) REFERENCES branches (tenant_id, id)
) STRICT;

CREATE TABLE panel_users (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE admins (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE clients (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    phone TEXT NOT NULL,
    full_name TEXT,
    card_number TEXT NOT NULL,
    ean13 TEXT NOT NULL,
    referred_by INTEGER,
    blocked_at INTEGER,
    balance_dirams INTEGER NOT NULL DEFAULT 0,
    debt_dirams INTEGER NOT NULL DEFAULT 0 CHECK (debt_dirams >= 0),
    last_seq INTEGER NOT NULL DEFAULT 0,
    total_spent_dirams INTEGER NOT NULL DEFAULT 0 CHECK (total_spent_dirams >= 0),
    purchase_count INTEGER NOT NULL DEFAULT 0 CHECK (purchase_count >= 0),
    first_purchase_at INTEGER,
    last_purchase_at INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, phone),
    UNIQUE (tenant_id, card_number),
    UNIQUE (tenant_id, ean13),
    FOREIGN KEY (tenant_id, referred_by) REFERENCES clients (tenant_id, id)
) STRICT;

CREATE TABLE sales (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    cashier_node_id INTEGER NOT NULL,
    -- A redemption is a check that took bonuses and gave none.
    kind TEXT NOT NULL CHECK (kind IN ('sale', 'redemption')),
    external_sale_id TEXT,
    receipt_number TEXT,
    redeem_mode TEXT NOT NULL CHECK (redeem_mode IN ('payment_type', 'discount')),
    total_dirams INTEGER NOT NULL,
    gross_dirams INTEGER NOT NULL,
    paid_dirams INTEGER NOT NULL,
    redeemed_dirams INTEGER NOT NULL,
    accrued_dirams INTEGER NOT NULL,
    new_balance_dirams INTEGER NOT NULL,
    payment_method TEXT,
    cashier_id TEXT,
    sale_date INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, external_sale_id),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
) STRICT;

CREATE TABLE sale_lines (
    tenant_id INTEGER NOT NULL,
    sale_id INTEGER NOT NULL,
    line_no INTEGER NOT NULL,
    sku TEXT,
    category_code TEXT,
    name TEXT NOT NULL,
    quantity_thousandths INTEGER NOT NULL,
    unit_price_dirams INTEGER NOT NULL,
    line_dirams INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, sale_id, line_no),
    FOREIGN KEY (tenant_id, sale_id) REFERENCES sales (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE returns (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    cashier_node_id INTEGER NOT NULL,
    sale_id INTEGER,
    external_return_id TEXT,
    return_dirams INTEGER NOT NULL,
    cash_refund_dirams INTEGER NOT NULL,
    revoked_dirams INTEGER NOT NULL,
    restored_dirams INTEGER NOT NULL,
    shortage_dirams INTEGER NOT NULL,
    settled_dirams INTEGER NOT NULL,
    spent_back_dirams INTEGER NOT NULL,
    new_balance_dirams INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, external_return_id),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id),
    FOREIGN KEY (tenant_id, sale_id) REFERENCES sales (tenant_id, id)
) STRICT;

CREATE INDEX returns_by_sale ON returns (tenant_id, sale_id) WHERE sale_id IS NOT NULL;

CREATE TABLE receipts (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    cashier_node_id INTEGER NOT NULL,
    external_receipt_id TEXT,
    total_dirams INTEGER NOT NULL,
    receipt_date INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, external_receipt_id),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
) STRICT;

-- The ledger. A client's entries are numbered from 1 without gaps under the lock of the client's row; a credit's lot has
-- the credit's number.
CREATE TABLE entries (
    tenant_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    kind TEXT NOT NULL,
    amount_dirams INTEGER NOT NULL,
    debt_change_dirams INTEGER NOT NULL,
    sale_id INTEGER,
    return_id INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, client_id, seq),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id),
    FOREIGN KEY (tenant_id, sale_id) REFERENCES sales (tenant_id, id),
    FOREIGN KEY (tenant_id, return_id) REFERENCES returns (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE lots (
    tenant_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount_dirams INTEGER NOT NULL CHECK (amount_dirams > 0),
    remaining_dirams INTEGER NOT NULL CHECK (remaining_dirams BETWEEN 0 AND amount_dirams),
    available_at INTEGER NOT NULL,
    expires_at INTEGER,
    sale_id INTEGER,
    PRIMARY KEY (tenant_id, client_id, seq),
    FOREIGN KEY (tenant_id, client_id, seq) REFERENCES entries (tenant_id, client_id, seq)
) STRICT, WITHOUT ROWID;

-- A client's history grows for ever, what is left of it does not: a till reads only these.
CREATE INDEX live_lots ON lots (tenant_id, client_id) WHERE remaining_dirams > 0;
CREATE INDEX lots_to_expire ON lots (tenant_id, expires_at) WHERE remaining_dirams > 0;

CREATE TABLE allocations (
    tenant_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    entry_seq INTEGER NOT NULL,
    lot_seq INTEGER NOT NULL,
    -- Taken from the lot; negative where it was given back.
    amount_dirams INTEGER NOT NULL CHECK (amount_dirams <> 0),
    PRIMARY KEY (tenant_id, client_id, entry_seq, lot_seq),
    FOREIGN KEY (tenant_id, client_id, entry_seq) REFERENCES entries (tenant_id, client_id, seq),
    FOREIGN KEY (tenant_id, client_id, lot_seq) REFERENCES lots (tenant_id, client_id, seq)
) STRICT, WITHOUT ROWID;

-- History is not rewritten, not even by a mistake of ours.
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER allocations_are_not_changed BEFORE UPDATE ON allocations BEGIN SELECT RAISE(ABORT, 'allocations are append-only'); END;
CREATE TRIGGER allocations_are_not_deleted BEFORE DELETE ON allocations BEGIN SELECT RAISE(ABORT, 'allocations are append-only'); END;

-- Notifications, written by the transaction they tell of and sent after it.
CREATE TABLE outbox (
    tenant_id INTEGER NOT NULL,
    -- What it tells of, so that nothing is told twice: `sale:1001`.
    subject TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (tenant_id, subject),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    -- Who sent it: `cashier:3`, or `store` where only the tenant token is sent.
    scope TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, scope, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (tenant_id, created_at);

CREATE TABLE products (
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    category_code TEXT,
    quantity_thousandths INTEGER NOT NULL,
    deactivated_at INTEGER,
    synced_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, sku)
) STRICT, WITHOUT ROWID;
