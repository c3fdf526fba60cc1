-- Whether a purchase that the client has kept earned the second-purchase bonus, which is given once.
ALTER TABLE clients ADD COLUMN second_purchase_rewarded INTEGER NOT NULL DEFAULT 0 CHECK (second_purchase_rewarded IN (0, 1));

UPDATE clients SET second_purchase_rewarded = 1
WHERE (tenant_id, id) IN (SELECT tenant_id, client_id FROM lots WHERE kind = 'second_purchase');

CREATE INDEX sales_by_client ON sales (tenant_id, client_id, created_at);
