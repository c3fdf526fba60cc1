-- The second step of the sign-in, and the language of a person.

-- A tag such as `tg`; NULL if the person has not chosen one.
ALTER TABLE panel_users ADD COLUMN language TEXT;

CREATE TABLE second_steps (
    tenant_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    secret_sealed TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The moment of the first right code. NULL: the sign-in does not ask for codes yet.
    confirmed_at INTEGER,
    -- The time step of the last accepted code. A code of this or an earlier step is refused.
    last_step INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    tenant_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    code_hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (tenant_id, user_id, code_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES second_steps (tenant_id, user_id)
) STRICT, WITHOUT ROWID;

-- The people whose password was right and whose code is awaited, by the hash of a cookie.
CREATE TABLE pending_sign_ins (
    tenant_id INTEGER NOT NULL,
    token_hash TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES panel_users (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX pending_sign_ins_of_user ON pending_sign_ins (tenant_id, user_id);
