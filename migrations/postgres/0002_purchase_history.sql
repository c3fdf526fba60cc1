-- Whether a purchase that the client has kept earned the second-purchase bonus, which is given once.
ALTER TABLE clients ADD COLUMN second_purchase_rewarded BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE clients SET second_purchase_rewarded = TRUE
WHERE (tenant_id, id) IN (SELECT tenant_id, client_id FROM lots WHERE kind = 'second_purchase');

CREATE INDEX sales_by_client ON sales (tenant_id, client_id, created_at);
