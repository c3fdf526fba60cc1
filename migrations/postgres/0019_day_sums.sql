-- Reports of a year read a million documents. The days that have ended for good are summed up by
-- till, and reports read these sums; the last days they read document by document.

-- The sums of a till's documents of one local day. Only days that have some have a row.
CREATE TABLE day_sums (
    tenant_id BIGINT NOT NULL,
    -- The local midnight with which the day begins.
    midnight BIGINT NOT NULL,
    cashier_node_id BIGINT NOT NULL,
    sales BIGINT NOT NULL,
    sold_to_clients_dirams BIGINT NOT NULL,
    accrued_dirams BIGINT NOT NULL,
    redeemed_dirams BIGINT NOT NULL,
    receipts BIGINT NOT NULL,
    sold_to_others_dirams BIGINT NOT NULL,
    returns BIGINT NOT NULL,
    returned_dirams BIGINT NOT NULL,
    -- Redemptions without a sale; `redeemed_dirams` contains theirs.
    redemptions BIGINT NOT NULL,
    redeemed_alone_dirams BIGINT NOT NULL,
    -- The purchases of each local hour, with and without a client.
    checks_00 BIGINT NOT NULL,
    checks_01 BIGINT NOT NULL,
    checks_02 BIGINT NOT NULL,
    checks_03 BIGINT NOT NULL,
    checks_04 BIGINT NOT NULL,
    checks_05 BIGINT NOT NULL,
    checks_06 BIGINT NOT NULL,
    checks_07 BIGINT NOT NULL,
    checks_08 BIGINT NOT NULL,
    checks_09 BIGINT NOT NULL,
    checks_10 BIGINT NOT NULL,
    checks_11 BIGINT NOT NULL,
    checks_12 BIGINT NOT NULL,
    checks_13 BIGINT NOT NULL,
    checks_14 BIGINT NOT NULL,
    checks_15 BIGINT NOT NULL,
    checks_16 BIGINT NOT NULL,
    checks_17 BIGINT NOT NULL,
    checks_18 BIGINT NOT NULL,
    checks_19 BIGINT NOT NULL,
    checks_20 BIGINT NOT NULL,
    checks_21 BIGINT NOT NULL,
    checks_22 BIGINT NOT NULL,
    checks_23 BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, midnight, cashier_node_id),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
);

-- How far each store is summed up: every day that ends by this midnight is.
CREATE TABLE days_summed (
    tenant_id BIGINT PRIMARY KEY REFERENCES tenants (id),
    until_midnight BIGINT NOT NULL
);

-- With the sums of days no report of documents needs every column in an index. The number follows
-- the moment, because lists continue after both.
DROP INDEX sales_by_day;
CREATE INDEX sales_by_day ON sales (tenant_id, happened_at, id);
DROP INDEX receipts_by_day;
CREATE INDEX receipts_by_day ON receipts (tenant_id, happened_at, id);
DROP INDEX returns_by_day;
CREATE INDEX returns_by_day ON returns (tenant_id, happened_at, id);
-- Redemptions without a sale are few.
CREATE INDEX redemptions_by_day ON sales (tenant_id, happened_at, id) WHERE kind = 'redemption';

-- One index of a client's sales instead of two: for the rules, which follow the order in which they
-- were recorded, and for reports, with every column that these read of each client.
DROP INDEX sales_of_clients;
DROP INDEX sales_by_client;
CREATE INDEX sales_by_client ON sales (tenant_id, client_id, created_at)
    INCLUDE (kind, happened_at, paid_dirams, cashier_node_id, cashier_id);

-- A number is looked for in what a fiscal printer gave and in the keys of external ids, where the
-- documents of a replaced fiscal drive have another form.
CREATE INDEX sales_by_receipt_number ON sales (tenant_id, receipt_number) WHERE receipt_number IS NOT NULL;
CREATE INDEX sales_retired ON sales (tenant_id, external_sale_id)
    WHERE SUBSTR(external_key, 1, 8) = 'retired:';
CREATE INDEX receipts_retired ON receipts (tenant_id, external_receipt_id)
    WHERE SUBSTR(external_key, 1, 8) = 'retired:';
CREATE INDEX returns_retired ON returns (tenant_id, external_return_id)
    WHERE SUBSTR(external_key, 1, 8) = 'retired:';
