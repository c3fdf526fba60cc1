-- What an external id is unique by: a UUID is the store's, however it is spelled, any other id the till's own; redemptions
-- have a space of their own. The id as the till sent it stands beside. Of documents whose UUIDs differed by their spelling
-- alone the newest keeps the key.
ALTER TABLE sales RENAME COLUMN external_sale_id TO external_key;
ALTER TABLE sales ADD COLUMN external_sale_id TEXT;
ALTER TABLE sales ADD COLUMN uuid TEXT;
UPDATE sales SET external_sale_id = external_key, uuid = CASE
        WHEN LENGTH(external_key) = 32 THEN SUBSTR(LOWER(external_key), 1, 8) || '-' || SUBSTR(LOWER(external_key), 9, 4) || '-'
            || SUBSTR(LOWER(external_key), 13, 4) || '-' || SUBSTR(LOWER(external_key), 17, 4) || '-' || SUBSTR(LOWER(external_key), 21)
        WHEN LENGTH(external_key) = 38 THEN TRIM(LOWER(external_key), '{}')
        WHEN LENGTH(external_key) = 45 THEN REPLACE(LOWER(external_key), 'urn:uuid:', '')
        ELSE LOWER(external_key) END
WHERE external_key IS NOT NULL;
UPDATE sales SET uuid = NULL WHERE uuid NOT GLOB REPLACE('xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', 'x', '[0-9a-f]');
CREATE TEMP TABLE doubled AS
    SELECT tenant_id, kind, uuid, MAX(id) AS newest FROM sales WHERE uuid IS NOT NULL
    GROUP BY tenant_id, kind, uuid HAVING COUNT(*) > 1;
UPDATE sales SET external_key = CASE WHEN EXISTS (
            SELECT 1 FROM doubled WHERE doubled.tenant_id = sales.tenant_id AND doubled.kind = sales.kind
            AND doubled.uuid = sales.uuid AND doubled.newest <> sales.id
        ) THEN 'retired:' || id || ':' ELSE '' END
    || CASE WHEN kind = 'redemption' THEN 'redemption:' ELSE '' END || CASE WHEN uuid IS NULL THEN 'till:' || cashier_node_id || ':' || external_sale_id ELSE 'store:' || uuid END
WHERE external_key IS NOT NULL;
DROP TABLE doubled;
ALTER TABLE sales DROP COLUMN uuid;

ALTER TABLE returns RENAME COLUMN external_return_id TO external_key;
ALTER TABLE returns ADD COLUMN external_return_id TEXT;
ALTER TABLE returns ADD COLUMN uuid TEXT;
UPDATE returns SET external_return_id = external_key, uuid = CASE
        WHEN LENGTH(external_key) = 32 THEN SUBSTR(LOWER(external_key), 1, 8) || '-' || SUBSTR(LOWER(external_key), 9, 4) || '-'
            || SUBSTR(LOWER(external_key), 13, 4) || '-' || SUBSTR(LOWER(external_key), 17, 4) || '-' || SUBSTR(LOWER(external_key), 21)
        WHEN LENGTH(external_key) = 38 THEN TRIM(LOWER(external_key), '{}')
        WHEN LENGTH(external_key) = 45 THEN REPLACE(LOWER(external_key), 'urn:uuid:', '')
        ELSE LOWER(external_key) END
WHERE external_key IS NOT NULL;
UPDATE returns SET uuid = NULL WHERE uuid NOT GLOB REPLACE('xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', 'x', '[0-9a-f]');
CREATE TEMP TABLE doubled AS
    SELECT tenant_id, uuid, MAX(id) AS newest FROM returns WHERE uuid IS NOT NULL
    GROUP BY tenant_id, uuid HAVING COUNT(*) > 1;
UPDATE returns SET external_key = CASE WHEN EXISTS (
            SELECT 1 FROM doubled WHERE doubled.tenant_id = returns.tenant_id
            AND doubled.uuid = returns.uuid AND doubled.newest <> returns.id
        ) THEN 'retired:' || id || ':' ELSE '' END
    || CASE WHEN uuid IS NULL THEN 'till:' || cashier_node_id || ':' || external_return_id ELSE 'store:' || uuid END
WHERE external_key IS NOT NULL;
DROP TABLE doubled;
ALTER TABLE returns DROP COLUMN uuid;

ALTER TABLE receipts RENAME COLUMN external_receipt_id TO external_key;
ALTER TABLE receipts ADD COLUMN external_receipt_id TEXT;
ALTER TABLE receipts ADD COLUMN uuid TEXT;
UPDATE receipts SET external_receipt_id = external_key, uuid = CASE
        WHEN LENGTH(external_key) = 32 THEN SUBSTR(LOWER(external_key), 1, 8) || '-' || SUBSTR(LOWER(external_key), 9, 4) || '-'
            || SUBSTR(LOWER(external_key), 13, 4) || '-' || SUBSTR(LOWER(external_key), 17, 4) || '-' || SUBSTR(LOWER(external_key), 21)
        WHEN LENGTH(external_key) = 38 THEN TRIM(LOWER(external_key), '{}')
        WHEN LENGTH(external_key) = 45 THEN REPLACE(LOWER(external_key), 'urn:uuid:', '')
        ELSE LOWER(external_key) END
WHERE external_key IS NOT NULL;
UPDATE receipts SET uuid = NULL WHERE uuid NOT GLOB REPLACE('xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', 'x', '[0-9a-f]');
CREATE TEMP TABLE doubled AS
    SELECT tenant_id, uuid, MAX(id) AS newest FROM receipts WHERE uuid IS NOT NULL
    GROUP BY tenant_id, uuid HAVING COUNT(*) > 1;
UPDATE receipts SET external_key = CASE WHEN EXISTS (
            SELECT 1 FROM doubled WHERE doubled.tenant_id = receipts.tenant_id
            AND doubled.uuid = receipts.uuid AND doubled.newest <> receipts.id
        ) THEN 'retired:' || id || ':' ELSE '' END
    || CASE WHEN uuid IS NULL THEN 'till:' || cashier_node_id || ':' || external_receipt_id ELSE 'store:' || uuid END
WHERE external_key IS NOT NULL;
DROP TABLE doubled;
ALTER TABLE receipts DROP COLUMN uuid;

-- The redemption of the same check that a sale has taken as its own.
ALTER TABLE sales ADD COLUMN redemption_id INTEGER;
-- When the client last spent bonuses by a redemption alone: only then a sale looks for one.
ALTER TABLE clients ADD COLUMN last_redemption_at INTEGER;
UPDATE clients SET last_redemption_at = (
    SELECT MAX(sales.created_at) FROM sales
    WHERE sales.tenant_id = clients.tenant_id AND sales.client_id = clients.id AND sales.kind = 'redemption'
);

-- The moment whose local day a document belongs to, in reports and shifts.
ALTER TABLE sales ADD COLUMN happened_at INTEGER NOT NULL DEFAULT 0;
UPDATE sales SET happened_at =
    CASE WHEN sale_date BETWEEN created_at - 259200000000 AND created_at THEN sale_date ELSE created_at END;
ALTER TABLE returns ADD COLUMN happened_at INTEGER NOT NULL DEFAULT 0;
UPDATE returns SET happened_at = created_at;
ALTER TABLE receipts ADD COLUMN happened_at INTEGER NOT NULL DEFAULT 0;
UPDATE receipts SET happened_at =
    CASE WHEN receipt_date BETWEEN created_at - 259200000000 AND created_at THEN receipt_date ELSE created_at END;

-- A receipt recorded by mistake: the row stays and leaves the sums.
ALTER TABLE receipts ADD COLUMN voided_at INTEGER;
ALTER TABLE receipts ADD COLUMN voided_by INTEGER;
