-- The activity of tills, from which the platform's admins see who works, who is silent and whose
-- token two shops share. Servers gather it in memory and write it twice a minute, so that no sale
-- pays for it. Kept for 35 days.

-- What a till did in five minutes, as one server has seen it. Another server has its own row.
CREATE TABLE till_slots (
    tenant_id BIGINT NOT NULL,
    cashier_node_id BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    -- A random text that a server makes when it starts.
    server TEXT NOT NULL,
    requests BIGINT NOT NULL,
    sales BIGINT NOT NULL,
    returns BIGINT NOT NULL,
    lookups BIGINT NOT NULL,
    -- The requests of devices to which the till is not bound.
    refusals BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, cashier_node_id, started_at, server),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
);

-- The first requests of a slot in order, a line for each. Apart from the counts, of which a page
-- reads many.
CREATE TABLE till_slot_events (
    tenant_id BIGINT NOT NULL,
    cashier_node_id BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    server TEXT NOT NULL,
    events TEXT NOT NULL,
    PRIMARY KEY (tenant_id, cashier_node_id, started_at, server),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
);

-- Every device to which a till was bound, and since when.
CREATE TABLE till_bindings (
    tenant_id BIGINT NOT NULL,
    cashier_node_id BIGINT NOT NULL,
    bound_at BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, cashier_node_id, bound_at),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
);

INSERT INTO till_bindings (tenant_id, cashier_node_id, bound_at, device_id)
SELECT tenant_id, id, device_bound_at, device_id
FROM cashier_nodes
WHERE device_id IS NOT NULL
    AND device_bound_at IS NOT NULL;

-- The tickets of a till's device: the last one, the one before that is still good, and when the
-- last one was given.
ALTER TABLE cashier_nodes ADD COLUMN ticket_last BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cashier_nodes ADD COLUMN ticket_before BIGINT;
ALTER TABLE cashier_nodes ADD COLUMN ticket_given_at BIGINT;

-- When a device sent a ticket older than the last two, although a till keeps only the last.
CREATE TABLE till_old_tickets (
    tenant_id BIGINT NOT NULL,
    cashier_node_id BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, cashier_node_id, sent_at),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
);

-- What an admin has found normal: the reason is not counted until then.
CREATE TABLE till_silences (
    tenant_id BIGINT NOT NULL,
    cashier_node_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    until_at BIGINT NOT NULL,
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (tenant_id, cashier_node_id, reason),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
);

-- How much speaks for a shared token, as each till was last judged.
CREATE TABLE till_signs (
    tenant_id BIGINT NOT NULL,
    cashier_node_id BIGINT NOT NULL,
    points BIGINT NOT NULL,
    -- `nothing`, `look` or `shared`.
    level TEXT NOT NULL,
    -- The reasons, the weightiest first, divided by spaces.
    reasons TEXT NOT NULL,
    judged_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, cashier_node_id),
    FOREIGN KEY (tenant_id, cashier_node_id) REFERENCES cashier_nodes (tenant_id, id)
);

CREATE INDEX till_signs_to_look_at ON till_signs (points, tenant_id, cashier_node_id)
    WHERE level <> 'nothing';
