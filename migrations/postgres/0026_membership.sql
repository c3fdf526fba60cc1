-- The client's own side: the terms that clients accept, their codes and sessions, and the dialogues of bots.

-- The text that a client accepts when joining by themselves. Every change is a new version.
CREATE TABLE terms (
    tenant_id BIGINT NOT NULL REFERENCES tenants (id),
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, version)
);

ALTER TABLE clients ADD COLUMN terms_version BIGINT;
ALTER TABLE clients ADD COLUMN terms_accepted_at BIGINT;
-- The client in Telegram, over all stores: for the platform's bot.
CREATE INDEX clients_in_telegram ON clients (telegram_id) WHERE telegram_id IS NOT NULL;

-- The last code that was sent to a phone.
CREATE TABLE client_codes (
    tenant_id BIGINT NOT NULL REFERENCES tenants (id),
    phone TEXT NOT NULL,
    -- A keyed hash of the code; NULL once it was used.
    code_hash TEXT,
    sent_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, phone)
);

-- How many codes were sent in a day, for a phone, an address and a store: by the hash of the subject.
CREATE TABLE client_code_counts (
    subject TEXT PRIMARY KEY,
    began_at BIGINT NOT NULL,
    count BIGINT NOT NULL
);

CREATE TABLE client_sessions (
    token_hash TEXT PRIMARY KEY,
    tenant_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
);
CREATE INDEX client_sessions_by_client ON client_sessions (tenant_id, client_id);

-- The updates that a bot has received: `bonex` or the number of the store. Kept for a day.
CREATE TABLE bot_updates (
    bot TEXT NOT NULL,
    update_id BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (bot, update_id)
);

-- The store that a person wants to join, until they share their phone.
CREATE TABLE bot_chats (
    bot TEXT NOT NULL,
    telegram_id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL REFERENCES tenants (id),
    referral TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (bot, telegram_id)
);
