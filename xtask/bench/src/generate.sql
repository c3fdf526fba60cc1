-- Fills a migrated database with one store and its history, with the same text for both engines.
-- The tables `scale` and `till_tokens` must exist. Every figure is computed from the number of a
-- client and the number of an entry, so two runs create the same store.
--
-- The entries of a client come in rounds of ten: five purchases, a sale that redeems (two entries:
-- the redeemed bonuses and the cashback), three purchases. A redemption spends the lots, oldest
-- first, up to half of the fifth lot of its round, so a client with a hundred entries has five live
-- lots. Rows are inserted in the order of time, as in a real store: those of one client are far
-- apart.

-- One row for each entry. `visit` is the number of the client's sale, and `paid` is the money paid
-- in the sale of a purchase entry.
CREATE TEMP TABLE history AS
WITH RECURSIVE numbers(n) AS (
    SELECT CAST(0 AS BIGINT) UNION ALL
    SELECT n + 1 FROM numbers, scale WHERE n + 1 < clients * entries_each
), placed AS (
    SELECT n, n % clients + 1 AS client_id, n / clients + 1 AS seq,
        n / clients % 10 + 1 AS place, n / clients / 10 AS round FROM numbers, scale
)
SELECT n, client_id, seq, place, round * 10 AS base,
    round * 9 + CASE WHEN place <= 6 THEN place ELSE place - 1 END AS visit,
    20000 + (client_id * 7919 + seq * 104729) % 296 * 100 + CASE WHEN place = 7 THEN 40000 ELSE 0 END AS paid
FROM placed;

CREATE TEMP TABLE taken AS
SELECT client_id, base + 6 AS entry_seq, seq AS lot_seq,
    CASE WHEN place = 5 THEN paid / 20 / 2 ELSE paid / 20 END AS amount
FROM history, scale WHERE place <= 5 AND base + 6 <= entries_each
UNION ALL
SELECT client_id, base + 16, seq, CASE WHEN place = 5 THEN paid / 20 - paid / 20 / 2 ELSE paid / 20 END
FROM history, scale WHERE (place = 5 OR place >= 7) AND base + 16 <= entries_each;

-- `balance` is the client's balance after the entry. The last visit was a day before the run.
CREATE TEMP TABLE booked AS
SELECT history.*, CASE WHEN place = 6 THEN -amount ELSE 0 END AS redeemed,
    CAST(SUM(amount) OVER (PARTITION BY history.client_id ORDER BY seq) AS BIGINT) AS balance,
    (visit - 1) * clients + history.client_id AS sale_id,
    now - 86400000000 * 150 + (visit - 1) * 86400000000 * 149 / 90 + history.client_id * 1000000 AS at
FROM scale, (
    SELECT history.*, CASE WHEN place = 6 THEN -spent.amount ELSE paid / 20 END AS amount
    FROM history LEFT JOIN (
        SELECT client_id, entry_seq, CAST(SUM(amount) AS BIGINT) AS amount FROM taken GROUP BY client_id, entry_seq
    ) AS spent ON spent.client_id = history.client_id AND spent.entry_seq = history.seq
) AS history;

INSERT INTO tenants (id, name, token_hash, token_sealed, last_card_number, created_at)
SELECT 1, 'Магазин', token_hash, '', clients + 1, now - 86400000000 * 180 FROM till_tokens, scale WHERE id = 0;

INSERT INTO programmes (tenant_id, currency, bonus_percent_bp, max_redeem_percent_bp, accrual_base, redeem_hold_seconds,
    bonus_expiry_days, bonus_expiry_reminder_days, min_purchase_dirams, welcome_bonus_dirams, welcome_min_redeem_dirams,
    referral_bonus_dirams, reactivation_days, reactivation_bonus_dirams, second_purchase_days,
    second_purchase_bonus_dirams, tiers)
VALUES (1, 'TJS', 500, 3000, 'net_cash', 1, 180, 7, 1000, 0, 0, 0, 0, 0, 0, 0,
    '[{"id":1,"name":"Silver","color":"#9AA5B1","from_spent_dirams":100000,"bonus_percent_bp":null,"max_redeem_percent_bp":null},'
    || '{"id":2,"name":"Gold","color":"#C9A227","from_spent_dirams":500000,"bonus_percent_bp":null,"max_redeem_percent_bp":null}]');

INSERT INTO programme_versions (tenant_id, number, saved_at, who, currency, bonus_percent_bp, max_redeem_percent_bp,
    accrual_base, redeem_hold_seconds, bonus_expiry_days, bonus_expiry_reminder_days, min_purchase_dirams,
    welcome_bonus_dirams, welcome_min_redeem_dirams, referral_bonus_dirams, reactivation_days, reactivation_bonus_dirams,
    second_purchase_days, second_purchase_bonus_dirams, tiers)
SELECT tenant_id, 1, now - 86400000000 * 180, 'Bonex', currency, bonus_percent_bp, max_redeem_percent_bp,
    accrual_base, redeem_hold_seconds, bonus_expiry_days, bonus_expiry_reminder_days, min_purchase_dirams,
    welcome_bonus_dirams, welcome_min_redeem_dirams, referral_bonus_dirams, reactivation_days, reactivation_bonus_dirams,
    second_purchase_days, second_purchase_bonus_dirams, tiers
FROM programmes, scale;

INSERT INTO branches (id, tenant_id, name, created_at)
SELECT 1, 1, 'Филиал', now - 86400000000 * 180 FROM scale;

INSERT INTO cashier_nodes (id, tenant_id, branch_id, name, token_hash, token_sealed, device_id, device_bound_at, created_at)
SELECT id, 1, 1, 'Касса ' || id, token_hash, '', 'bench', now - 86400000000 * 180, now - 86400000000 * 180
FROM till_tokens, scale WHERE id > 0;

-- The check digit of the barcode counts every second digit three times. The fixed digits `20001`
-- contribute 3.
INSERT INTO clients (id, tenant_id, phone, full_name, card_number, ean13, balance_dirams, last_seq, total_spent_dirams,
    purchase_count, first_purchase_at, last_purchase_at, created_at)
SELECT id, 1, '+' || (992900000000 + id), 'Клиент ' || id, '001-' || SUBSTR(CAST(10000000 + id AS TEXT), 2),
    '20001' || SUBSTR(CAST(10000000 + id AS TEXT), 2) || ((10 - (3 + 3 * (id / 1000000 % 10) + id / 100000 % 10
    + 3 * (id / 10000 % 10) + id / 1000 % 10 + 3 * (id / 100 % 10) + id / 10 % 10 + 3 * (id % 10)) % 10) % 10),
    balance, last_seq, spent, visits, first_at, last_at, now - 86400000000 * 160
FROM scale, (
    SELECT client_id AS id, CAST(SUM(amount) AS BIGINT) AS balance, MAX(seq) AS last_seq,
        CAST(SUM(CASE WHEN place = 6 THEN 0 ELSE paid END) AS BIGINT) AS spent, MAX(visit) AS visits,
        MIN(at) AS first_at, MAX(at) AS last_at
    FROM booked GROUP BY client_id
) AS client ORDER BY id;

-- A card that a cashier uses for every buyer.
INSERT INTO clients (id, tenant_id, phone, full_name, card_number, ean13, balance_dirams, last_seq, total_spent_dirams,
    purchase_count, first_purchase_at, last_purchase_at, created_at)
SELECT clients + 1, 1, '+' || (992900000001 + clients), 'Кассир', '001-9999999', '2000199999992', 50000, 50000, 0, 0, NULL,
    NULL, now - 86400000000 * 160
FROM scale;

INSERT INTO sales (id, tenant_id, client_id, cashier_node_id, kind, external_sale_id, redeem_mode, total_dirams,
    gross_dirams, paid_dirams, redeemed_dirams, accrued_dirams, new_balance_dirams, sale_date, created_at)
SELECT booked.sale_id, 1, booked.client_id, booked.sale_id % 64 + 1, 'sale', 'past-' || booked.sale_id, 'payment_type',
    booked.paid + COALESCE(redemption.redeemed, 0), booked.paid + COALESCE(redemption.redeemed, 0), booked.paid,
    COALESCE(redemption.redeemed, 0), booked.amount, booked.balance, booked.at, booked.at
FROM booked LEFT JOIN booked AS redemption ON redemption.place = 6 AND redemption.n = booked.n - (SELECT clients FROM scale)
WHERE booked.place <> 6 ORDER BY booked.n;

INSERT INTO entries (tenant_id, client_id, seq, kind, amount_dirams, debt_change_dirams, sale_id, created_at)
SELECT 1, client_id, seq, CASE WHEN place = 6 THEN 'redeem' ELSE 'purchase' END, amount, 0, sale_id, at
FROM booked ORDER BY n;

INSERT INTO lots (tenant_id, client_id, seq, kind, amount_dirams, remaining_dirams, available_at, expires_at, sale_id)
SELECT 1, booked.client_id, seq, 'purchase', booked.amount, booked.amount - COALESCE(spent.amount, 0), at + 1000000,
    at + 86400000000 * 180, sale_id
FROM booked LEFT JOIN (
    SELECT client_id, lot_seq, CAST(SUM(amount) AS BIGINT) AS amount FROM taken GROUP BY client_id, lot_seq
) AS spent ON spent.client_id = booked.client_id AND spent.lot_seq = booked.seq
WHERE place <> 6 ORDER BY n;

INSERT INTO entries (tenant_id, client_id, seq, kind, amount_dirams, debt_change_dirams, created_at)
WITH RECURSIVE numbers(n) AS (
    SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < 50000
)
SELECT 1, clients + 1, n, 'manual', 1, 0, now - 86400000000 * 90 FROM numbers, scale ORDER BY n;

-- The lots expire one minute after another.
INSERT INTO lots (tenant_id, client_id, seq, kind, amount_dirams, remaining_dirams, available_at, expires_at)
SELECT tenant_id, client_id, seq, 'manual', 1, 1, created_at, created_at + 86400000000 * 180 + seq * 60000000
FROM entries, scale WHERE client_id = clients + 1 ORDER BY seq;

INSERT INTO allocations (tenant_id, client_id, entry_seq, lot_seq, amount_dirams)
SELECT 1, client_id, entry_seq, lot_seq, amount FROM taken ORDER BY entry_seq, client_id, lot_seq;

INSERT INTO outbox (tenant_id, subject, client_id, payload, created_at, sent_at)
SELECT 1, 'sale:' || id, client_id, '{"event":"sale","sale_id":' || id || ',"total_dirams":' || total_dirams
    || ',"accrued_dirams":' || accrued_dirams || ',"redeemed_dirams":' || redeemed_dirams
    || ',"balance_dirams":' || new_balance_dirams || '}', created_at, created_at + 1000000
FROM sales ORDER BY id;
