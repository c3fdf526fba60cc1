-- What an external id is unique by: a UUID is the store's, any other id the till's own; redemptions have a space of
-- their own. The id as the till sent it stands beside.
ALTER TABLE sales RENAME COLUMN external_sale_id TO external_key;
ALTER TABLE sales ADD COLUMN external_sale_id TEXT;
UPDATE sales SET external_sale_id = external_key WHERE external_key IS NOT NULL;
UPDATE sales SET external_key = CASE WHEN kind = 'redemption' THEN 'redemption:' ELSE '' END
    || CASE WHEN LENGTH(external_sale_id) = 36 AND external_sale_id LIKE '________-____-____-____-____________'
        THEN 'store:' || LOWER(external_sale_id)
        ELSE 'till:' || cashier_node_id || ':' || external_sale_id END
WHERE external_sale_id IS NOT NULL;

ALTER TABLE returns RENAME COLUMN external_return_id TO external_key;
ALTER TABLE returns ADD COLUMN external_return_id TEXT;
UPDATE returns SET external_return_id = external_key WHERE external_key IS NOT NULL;
UPDATE returns SET external_key =
    CASE WHEN LENGTH(external_return_id) = 36 AND external_return_id LIKE '________-____-____-____-____________'
        THEN 'store:' || LOWER(external_return_id)
        ELSE 'till:' || cashier_node_id || ':' || external_return_id END
WHERE external_return_id IS NOT NULL;

ALTER TABLE receipts RENAME COLUMN external_receipt_id TO external_key;
ALTER TABLE receipts ADD COLUMN external_receipt_id TEXT;
UPDATE receipts SET external_receipt_id = external_key WHERE external_key IS NOT NULL;
UPDATE receipts SET external_key =
    CASE WHEN LENGTH(external_receipt_id) = 36 AND external_receipt_id LIKE '________-____-____-____-____________'
        THEN 'store:' || LOWER(external_receipt_id)
        ELSE 'till:' || cashier_node_id || ':' || external_receipt_id END
WHERE external_receipt_id IS NOT NULL;

-- The redemption of the same check that a sale has taken as its own.
ALTER TABLE sales ADD COLUMN redemption_id BIGINT;
-- When the client last spent bonuses by a redemption alone: only then a sale looks for one.
ALTER TABLE clients ADD COLUMN last_redemption_at BIGINT;
UPDATE clients SET last_redemption_at = (
    SELECT MAX(sales.created_at) FROM sales
    WHERE sales.tenant_id = clients.tenant_id AND sales.client_id = clients.id AND sales.kind = 'redemption'
);

-- The moment whose local day a document belongs to, in reports and shifts.
ALTER TABLE sales ADD COLUMN happened_at BIGINT NOT NULL DEFAULT 0;
UPDATE sales SET happened_at =
    CASE WHEN sale_date BETWEEN created_at - 259200000000 AND created_at THEN sale_date ELSE created_at END;
ALTER TABLE returns ADD COLUMN happened_at BIGINT NOT NULL DEFAULT 0;
UPDATE returns SET happened_at = created_at;
ALTER TABLE receipts ADD COLUMN happened_at BIGINT NOT NULL DEFAULT 0;
UPDATE receipts SET happened_at =
    CASE WHEN receipt_date BETWEEN created_at - 259200000000 AND created_at THEN receipt_date ELSE created_at END;

-- A receipt recorded by mistake: the row stays and leaves the sums.
ALTER TABLE receipts ADD COLUMN voided_at BIGINT;
ALTER TABLE receipts ADD COLUMN voided_by BIGINT;
