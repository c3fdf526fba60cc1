-- What was taken from a lot is found by the lot: a card lent to every buyer has tens of thousands of allocations. With every
-- column: SQLite would rather walk the primary key, which begins with the client as well.
CREATE INDEX allocations_by_lot ON allocations (tenant_id, client_id, lot_seq, entry_seq, amount_dirams);
