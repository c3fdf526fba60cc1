-- Goods returned, in the check's own total: a check with a discount was counted in its gross before.
ALTER TABLE returns ADD COLUMN counted_dirams BIGINT NOT NULL DEFAULT 0;

UPDATE returns SET counted_dirams = return_dirams;

UPDATE returns SET counted_dirams = (
    SELECT CAST(ROUND(CAST(returns.return_dirams AS NUMERIC) * sales.total_dirams / sales.gross_dirams) AS BIGINT)
    FROM sales WHERE sales.tenant_id = returns.tenant_id AND sales.id = returns.sale_id
)
WHERE EXISTS (
    SELECT 1 FROM sales WHERE sales.tenant_id = returns.tenant_id AND sales.id = returns.sale_id
    AND sales.gross_dirams > sales.total_dirams
);

-- Of a check that has wholly come back, the last return takes what the roundings have left.
UPDATE returns SET counted_dirams = counted_dirams + (
    SELECT sales.total_dirams FROM sales
    WHERE sales.tenant_id = returns.tenant_id AND sales.id = returns.sale_id
) - (
    SELECT SUM(other.counted_dirams) FROM returns AS other
    WHERE other.tenant_id = returns.tenant_id AND other.sale_id = returns.sale_id
)
WHERE EXISTS (
    SELECT 1 FROM sales WHERE sales.tenant_id = returns.tenant_id AND sales.id = returns.sale_id
    AND sales.gross_dirams > sales.total_dirams
    AND sales.gross_dirams <= (
        SELECT SUM(other.return_dirams) FROM returns AS other
        WHERE other.tenant_id = returns.tenant_id AND other.sale_id = returns.sale_id
    )
)
AND id = (
    SELECT MAX(other.id) FROM returns AS other
    WHERE other.tenant_id = returns.tenant_id AND other.sale_id = returns.sale_id
);

-- The return that took a reward back: a reward that was not taken back is never given again.
ALTER TABLE lots ADD COLUMN taken_back_by BIGINT;

UPDATE lots SET taken_back_by = (
    SELECT MAX(returns.id) FROM returns
    WHERE returns.tenant_id = lots.tenant_id AND returns.sale_id = lots.sale_id
)
WHERE kind IN ('referral', 'reactivation', 'second_purchase') AND EXISTS (
    SELECT 1 FROM sales WHERE sales.tenant_id = lots.tenant_id AND sales.id = lots.sale_id
    AND sales.total_dirams <= (
        SELECT SUM(returns.counted_dirams) FROM returns
        WHERE returns.tenant_id = sales.tenant_id AND returns.sale_id = sales.id
    )
);

-- A redemption is no purchase.
UPDATE clients SET total_spent_dirams = GREATEST(0, total_spent_dirams - COALESCE((
    SELECT SUM(sales.paid_dirams) - COALESCE(SUM((
        SELECT SUM(returns.spent_back_dirams) FROM returns
        WHERE returns.tenant_id = sales.tenant_id AND returns.sale_id = sales.id
    )), 0)
    FROM sales WHERE sales.tenant_id = clients.tenant_id AND sales.client_id = clients.id
    AND sales.kind = 'redemption'
), 0))
WHERE EXISTS (
    SELECT 1 FROM sales WHERE sales.tenant_id = clients.tenant_id AND sales.client_id = clients.id
    AND sales.kind = 'redemption'
);

UPDATE sales SET paid_dirams = 0 WHERE kind = 'redemption';

UPDATE clients SET (purchase_count, first_purchase_at, last_purchase_at) = (
    SELECT COUNT(*), MIN(sales.created_at), MAX(sales.created_at) FROM sales
    WHERE sales.tenant_id = clients.tenant_id AND sales.client_id = clients.id
    AND sales.kind = 'sale' AND NOT EXISTS (
        SELECT 1 FROM returns
        WHERE returns.tenant_id = sales.tenant_id AND returns.sale_id = sales.id
        GROUP BY returns.sale_id HAVING SUM(returns.counted_dirams) >= sales.total_dirams
    )
)
WHERE EXISTS (
    SELECT 1 FROM sales WHERE sales.tenant_id = clients.tenant_id AND sales.client_id = clients.id
    AND sales.kind = 'redemption'
);
