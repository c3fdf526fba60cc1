-- A card lent to every buyer has tens of thousands of live lots, and no request may read them all: each sum that a till is
-- told, and each way lots are looked for, has an index of its own.
DROP INDEX live_lots;
CREATE INDEX lots_in_spending_order ON lots (tenant_id, client_id, COALESCE(expires_at, 9223372036854775807), seq)
    WHERE remaining_dirams > 0;
CREATE INDEX lots_by_hold ON lots (tenant_id, client_id, available_at) WHERE remaining_dirams > 0;
-- Welcome bonuses and rewards, of which a client has few. With every column: SQLite would rather walk the primary key,
-- which begins with the client as well.
CREATE INDEX lots_by_kind ON lots (tenant_id, client_id, kind, seq, sale_id, amount_dirams, remaining_dirams, available_at,
    expires_at, taken_back_by) WHERE kind <> 'purchase';
-- Partial, for else PostgreSQL may walk it from the client's beginning for each allocation, whose lot it must find.
CREATE INDEX lots_by_sale ON lots (tenant_id, client_id, sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX redemptions_by_sale ON entries (tenant_id, client_id, sale_id, kind, seq) WHERE kind = 'redeem';
