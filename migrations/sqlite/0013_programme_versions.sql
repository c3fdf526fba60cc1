-- Every saved version of a programme, and the looks at how a programme would have worked in the past.

-- The number of the version that applies now.
ALTER TABLE programmes ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

CREATE TABLE programme_versions (
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    -- 1, 2, 3, … within the store.
    number INTEGER NOT NULL CHECK (number > 0),
    saved_at INTEGER NOT NULL,
    -- NULL for the platform itself.
    user_id INTEGER,
    -- The name at that time.
    who TEXT NOT NULL,
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
    tiers TEXT NOT NULL,
    PRIMARY KEY (tenant_id, number),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER programme_versions_are_not_changed BEFORE UPDATE ON programme_versions
BEGIN SELECT RAISE(ABORT, 'versions are append-only'); END;
CREATE TRIGGER programme_versions_are_not_deleted BEFORE DELETE ON programme_versions
BEGIN SELECT RAISE(ABORT, 'versions are append-only'); END;

INSERT INTO programme_versions (
    tenant_id,
    number,
    saved_at,
    who,
    currency,
    bonus_percent_bp,
    max_redeem_percent_bp,
    accrual_base,
    redeem_hold_seconds,
    bonus_expiry_days,
    bonus_expiry_reminder_days,
    min_purchase_dirams,
    welcome_bonus_dirams,
    welcome_min_redeem_dirams,
    referral_bonus_dirams,
    reactivation_days,
    reactivation_bonus_dirams,
    second_purchase_days,
    second_purchase_bonus_dirams,
    tiers
)
SELECT
    tenant_id,
    1,
    created_at,
    'Bonex',
    currency,
    bonus_percent_bp,
    max_redeem_percent_bp,
    accrual_base,
    redeem_hold_seconds,
    bonus_expiry_days,
    bonus_expiry_reminder_days,
    min_purchase_dirams,
    welcome_bonus_dirams,
    welcome_min_redeem_dirams,
    referral_bonus_dirams,
    reactivation_days,
    reactivation_bonus_dirams,
    second_purchase_days,
    second_purchase_bonus_dirams,
    tiers
FROM programmes
JOIN tenants
    ON tenants.id = programmes.tenant_id;

-- The programmes whose effect on the sales of the last months is computed beside the requests,
-- because there are too many sales for one.
CREATE TABLE programme_looks (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- The version that the settings were made from.
    based_on INTEGER NOT NULL,
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
    tiers TEXT NOT NULL,
    -- The clients whose sales are counted, of all who bought.
    clients_done INTEGER NOT NULL DEFAULT 0,
    clients_all INTEGER NOT NULL DEFAULT 0,
    -- The last sign of life of the server that computes, and how many have tried.
    alive_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 1,
    ended_at INTEGER,
    -- NULL until the end, and if it was stopped or has failed.
    result TEXT,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT;

-- One at a time in a store.
CREATE UNIQUE INDEX programme_looks_running ON programme_looks (tenant_id) WHERE ended_at IS NULL;
