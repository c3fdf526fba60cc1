-- The last file of a module that was handed out for a till: `unf`, `retail`, `trade` or `frontol`,
-- its moment, and the hashes of the keys of that moment, so that a key replaced since is told.
ALTER TABLE cashier_nodes ADD COLUMN module TEXT;
ALTER TABLE cashier_nodes ADD COLUMN module_at INTEGER;
ALTER TABLE cashier_nodes ADD COLUMN module_token_hash TEXT;
ALTER TABLE cashier_nodes ADD COLUMN module_store_token_hash TEXT;
