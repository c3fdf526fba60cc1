-- What reports read. A report of a year reads every document of the year, so the indexes by moment
-- hold all columns that it sums up: no row is looked up. The number follows the moment, because
-- lists continue after both.
DROP INDEX sales_by_day;
CREATE INDEX sales_by_day ON sales (tenant_id, happened_at, id, kind, cashier_node_id, client_id, cashier_id,
    total_dirams, accrued_dirams, redeemed_dirams, redemption_id);
DROP INDEX receipts_by_day;
CREATE INDEX receipts_by_day ON receipts (tenant_id, happened_at, id, voided_at, cashier_node_id, total_dirams);
DROP INDEX returns_by_day;
CREATE INDEX returns_by_day ON returns (tenant_id, happened_at, id, cashier_node_id, client_id, return_dirams,
    revoked_dirams, restored_dirams, spent_back_dirams);

-- Who bought again, and how much a client has spent since a day.
CREATE INDEX sales_of_clients ON sales (tenant_id, client_id, kind, happened_at, paid_dirams);

-- When the bonuses that clients have will end.
DROP INDEX lots_to_expire;
CREATE INDEX lots_to_expire ON lots (tenant_id, expires_at, client_id, available_at,
    remaining_dirams)
    WHERE remaining_dirams > 0;
CREATE INDEX clients_in_debt ON clients (tenant_id, debt_dirams) WHERE debt_dirams > 0;

-- Bonuses that moved without a purchase: welcome, rewards, expiry. Few, unlike purchases.
CREATE INDEX entries_beside_purchases ON entries (tenant_id, created_at, kind, amount_dirams)
    WHERE kind NOT IN ('purchase', 'redeem');

-- From where on a store's owner wants to see something under "unusual".
CREATE TABLE unusual_limits (
    tenant_id INTEGER PRIMARY KEY REFERENCES tenants (id),
    checks_a_day INTEGER NOT NULL CHECK (checks_a_day > 0),
    giver_share_bp INTEGER NOT NULL CHECK (giver_share_bp BETWEEN 1 AND 10000),
    min_purchases INTEGER NOT NULL CHECK (min_purchases > 0),
    round_step_dirams INTEGER NOT NULL CHECK (round_step_dirams > 0),
    round_share_bp INTEGER NOT NULL CHECK (round_share_bp BETWEEN 1 AND 10000)
) STRICT;
