-- A till may undo a sale of its own as if it had never been (contract, "sale/void"). The row stays, with the number of the
-- row of `returns` that undid it. 0: the till voided an id under which nothing was recorded, so that no sale can come
-- under it later; such a row has no sums, and is deleted after a month.
ALTER TABLE sales ADD COLUMN voided_by INTEGER;
CREATE INDEX sales_unseen ON sales (tenant_id, created_at) WHERE voided_by = 0;

-- 1: this row undoes a whole sale. No goods came back and no money went out.
ALTER TABLE returns ADD COLUMN is_void INTEGER NOT NULL DEFAULT 0;
