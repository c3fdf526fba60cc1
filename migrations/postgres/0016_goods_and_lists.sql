-- Returns by till, and the goods of a store: how long the stock lasts, and
-- the lists of stock that have switched off more than half of them.

CREATE INDEX returns_by_till ON returns (tenant_id, cashier_node_id, happened_at);

-- The name and the article number in small letters, which no engine makes of Tajik letters alike.
ALTER TABLE products ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE products SET search = LOWER(name || ' ' || sku);
-- The days that the stock lasts, by the sales before the last list; NULL if it was not sold.
ALTER TABLE products ADD COLUMN stock_days BIGINT;
ALTER TABLE products ADD COLUMN last_sold_at BIGINT;

CREATE INDEX products_by_name ON products (tenant_id, name, sku);

-- Lists of stock that switched off more than half of the goods. The goods have the same moment in
-- `deactivated_at`.
CREATE TABLE stock_switch_offs (
    tenant_id BIGINT NOT NULL REFERENCES tenants (id),
    switched_at BIGINT NOT NULL,
    goods_before BIGINT NOT NULL,
    goods_off BIGINT NOT NULL,
    -- The moment when a person undid or confirmed it.
    ended_at BIGINT,
    PRIMARY KEY (tenant_id, switched_at)
);
