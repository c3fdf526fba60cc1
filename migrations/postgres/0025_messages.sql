-- Messages are sent: the attempts and outcomes of the outbox, the channels of a store, and where a client can be reached.

-- 0: receipts and other news of the account; 1: reminders; 2: offers.
ALTER TABLE outbox ADD COLUMN lane BIGINT NOT NULL DEFAULT 0;
-- The next attempt, or the end of the lease of the attempt under way. NULL: nothing more is to be done. Messages of
-- earlier versions have NULL, so that no old receipt is sent.
ALTER TABLE outbox ADD COLUMN due_at BIGINT;
-- Counts the claims. Only the server that has claimed last writes a result.
ALTER TABLE outbox ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
-- The attempts of which nobody knows whether the message was accepted.
ALTER TABLE outbox ADD COLUMN unsure BIGINT NOT NULL DEFAULT 0;
-- `sent`, `skipped`, `expired`, `failed` or `unknown`; NULL until the end.
ALTER TABLE outbox ADD COLUMN outcome TEXT;
-- The channels that are done: `push,-telegram` was accepted by the first, and never will be by the second.
ALTER TABLE outbox ADD COLUMN channels TEXT;
-- The number that the service gave to the message.
ALTER TABLE outbox ADD COLUMN reference TEXT;
ALTER TABLE outbox ADD COLUMN sms_parts BIGINT NOT NULL DEFAULT 0;
-- Why it was not sent: a word, never an answer of a service.
ALTER TABLE outbox ADD COLUMN last_error TEXT;
-- The moment from which its age counts, if a person has asked to send it again.
ALTER TABLE outbox ADD COLUMN asked_at BIGINT;

DROP INDEX outbox_waiting;
CREATE INDEX outbox_due ON outbox (tenant_id, lane, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_in_order ON outbox (tenant_id, client_id, lane, created_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_tried ON outbox (tenant_id, created_at, subject) WHERE attempts > 0;

-- The channels that a store has set up.
CREATE TABLE channels (
    tenant_id BIGINT NOT NULL REFERENCES tenants (id),
    -- `telegram`, `push` or `sms`.
    kind TEXT NOT NULL,
    -- What people may read of it: the name of the bot, the project, the login and the sender.
    shown TEXT NOT NULL,
    settings_sealed TEXT NOT NULL,
    -- The failures in a row.
    failures BIGINT NOT NULL DEFAULT 0,
    -- Since when nothing is sent, why, and until when. Without an end it lasts until a person changes the settings.
    paused_at BIGINT,
    paused_for TEXT,
    paused_until BIGINT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind)
);

-- How a store's messages go out. A store without a row has the defaults.
CREATE TABLE message_settings (
    tenant_id BIGINT PRIMARY KEY REFERENCES tenants (id),
    -- `all`: a receipt goes to the app and to Telegram; `first`: to the app, and only otherwise to Telegram.
    receipts TEXT NOT NULL CHECK (receipts IN ('all', 'first')),
    -- Whether reminders may go by SMS.
    sms_reminders BIGINT NOT NULL CHECK (sms_reminders IN (0, 1)),
    -- The most reminders by SMS in a month: to one client, and of the store.
    sms_a_client BIGINT NOT NULL CHECK (sms_a_client >= 0),
    sms_a_month BIGINT NOT NULL CHECK (sms_a_month >= 0),
    -- The price of a part of an SMS.
    sms_part_dirams BIGINT NOT NULL CHECK (sms_part_dirams >= 0)
);

ALTER TABLE clients ADD COLUMN telegram_id BIGINT;
ALTER TABLE clients ADD COLUMN telegram_blocked_at BIGINT;
-- `ru`, `tg` or `en`; NULL: the default.
ALTER TABLE clients ADD COLUMN language TEXT;
ALTER TABLE clients ADD COLUMN receipts_off_at BIGINT;
ALTER TABLE clients ADD COLUMN reminders_off_at BIGINT;
-- Offers come only to who has agreed to them.
ALTER TABLE clients ADD COLUMN offers_on_at BIGINT;
-- 1: the client has Telegram or a device, so that receipts are due.
ALTER TABLE clients ADD COLUMN is_reachable BIGINT NOT NULL DEFAULT 0 CHECK (is_reachable IN (0, 1));
CREATE UNIQUE INDEX clients_by_telegram ON clients (tenant_id, telegram_id) WHERE telegram_id IS NOT NULL;

-- The devices that have the app. A token is an address, not a secret: without the project's key it opens nothing.
CREATE TABLE client_devices (
    tenant_id BIGINT NOT NULL,
    token TEXT NOT NULL,
    client_id BIGINT NOT NULL,
    platform TEXT NOT NULL CHECK (platform IN ('android', 'ios')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, token),
    FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id)
);
CREATE INDEX client_devices_by_client ON client_devices (tenant_id, client_id);

-- The daily jobs that servers run by themselves: each once for each moment at which it is due.
CREATE TABLE due_jobs (
    job TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    -- Until then the server that runs it is believed to live.
    leased_until BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (job, due_at)
);
