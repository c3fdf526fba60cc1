-- A refusal is asked anew under the same idempotency key; only what was recorded is kept, duplicates of it included.
DELETE FROM idempotency_keys WHERE status >= 400 AND body NOT LIKE '%"code":"duplicate_%';
