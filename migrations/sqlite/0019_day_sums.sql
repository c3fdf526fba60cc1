-- Reports of a year read a million documents. The days that have ended for good are summed up by
-- till, and reports read these sums; the last days they read document by document.

-- The sums of a till's documents of one local day. Only days that have some have a row.
CREATE TABLE day_sums (
    tenant_id INTEGER NOT NULL,
    -- The local midnight with which the day begins.
    midnight INTEGER NOT NULL,
    cashier_node_id INTEGER NOT NULL,
    sales INTEGER NOT NULL,
    sold_to_clients_dirams INTEGER NOT NULL,
    accrued_dirams INTEGER NOT NULL,
    redeemed_dirams INTEGER NOT NULL,
    receipts INTEGER NOT NULL,
    sold_to_others_dirams INTEGER NOT NULL,
    returns INTEGER NOT NULL,
    returned_dirams INTEGER NOT NULL,
    -- Redemptions without a sale; `redeemed_dirams` contains theirs.
    redemptions INTEGER NOT NULL,
    redeemed_alone_dirams INTEGER NOT NULL,
    -- The purchases of each local hour, with and without a client.
    checks_00 INTEGER NOT NULL,
    checks_01 INTEGER NOT NULL,
    checks_02 INTEGER NOT NULL,
    checks_03 INTEGER NOT NULL,
    checks_04 INTEGER NOT NULL,
    checks_05 INTEGER NOT NULL,
    checks_06 INTEGER NOT NULL,
    checks_07 INTEGER NOT NULL,
    checks_08 INTEGER NOT NULL,
    checks_09 INTEGER NOT NULL,
    checks_10 INTEGER NOT NULL,
    checks_11 INTEGER NOT NULL,
    checks_12 INTEGER NOT NULL,
    checks_13 INTEGER NOT NULL,
    checks_14 INTEGER NOT NULL,
    checks_15 INTEGER NOT NULL,
    checks_16 INTEGER NOT NULL,
    checks_17 INTEGER NOT NULL,
    checks_18 INTEGER NOT NULL,
    checks_19 INTEGER NOT NULL,
    checks_20 INTEGER NOT NULL,
    checks_21 INTEGER NOT NULL,
    checks_22 INTEGER NOT NULL,
    checks_23 INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, midnight, cashier_node_id),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
) STRICT, WITHOUT ROWID;

-- How far each store is summed up: every day that ends by this midnight is.
CREATE TABLE days_summed (
    tenant_id INTEGER PRIMARY KEY REFERENCES tenants (id),
    until_midnight INTEGER NOT NULL
) STRICT;

-- With the sums of days no report of documents needs every column in an index. The row's
-- number, after which lists continue, is in every index.
DROP INDEX sales_by_day;
CREATE INDEX sales_by_day ON sales (tenant_id, happened_at);
DROP INDEX receipts_by_day;
CREATE INDEX receipts_by_day ON receipts (tenant_id, happened_at);
DROP INDEX returns_by_day;
CREATE INDEX returns_by_day ON returns (tenant_id, happened_at);
-- Redemptions without a sale are few.
CREATE INDEX redemptions_by_day ON sales (tenant_id, happened_at) WHERE kind = 'redemption';

-- One index of a client's sales instead of two: for the rules, which follow the order in which they
-- were recorded, and for reports, with every column that these read of each client.
DROP INDEX sales_of_clients;
DROP INDEX sales_by_client;
CREATE INDEX sales_by_client ON sales (tenant_id, client_id, created_at, kind, happened_at, paid_dirams,
    cashier_node_id, cashier_id);

-- Its columns change with each sale, and counting the groups takes two milliseconds without it.
DROP INDEX clients_in_groups;

-- A number is looked for in what a fiscal printer gave and in the keys of external ids, where the
-- documents of a replaced fiscal drive have another form.
CREATE INDEX sales_by_receipt_number ON sales (tenant_id, receipt_number) WHERE receipt_number IS NOT NULL;
CREATE INDEX sales_retired ON sales (tenant_id, external_sale_id)
    WHERE SUBSTR(external_key, 1, 8) = 'retired:';
CREATE INDEX receipts_retired ON receipts (tenant_id, external_receipt_id)
    WHERE SUBSTR(external_key, 1, 8) = 'retired:';
CREATE INDEX returns_retired ON returns (tenant_id, external_return_id)
    WHERE SUBSTR(external_key, 1, 8) = 'retired:';
