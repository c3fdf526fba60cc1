//! The statements of a lookup and of a plain sale, as the server sends them, to measure the
//! database without the server. A test below checks that they are still the same in the backend's
//! sources.

/// A statement with `$1` parameters.
#[derive(Clone, Copy)]
pub(crate) struct Statement {
    /// The complete text.
    pub(crate) text: &'static str,
    /// The pieces that are string literals in the sources: macros assemble some statements from
    /// several pieces.
    #[cfg(test)]
    pieces: &'static [&'static str],
}

macro_rules! statement {
    ($($piece:literal),+ $(,)?) => {
        Statement {
            text: concat!($($piece),+),
            #[cfg(test)]
            pieces: &[$($piece),+],
        }
    };
}

/// The authentication of a till; parameters: the hashes of the store's token and of the till's
/// token.
pub(crate) const AUTHENTICATE: Statement = statement!(
    "SELECT tenants.id AS tenant_id, tenants.name AS store_name, suspended_at, CASE WHEN \
     tenants.token_hash <> $1 THEN tenants.old_token_until END AS store_token_until, \
     cashier_nodes.id AS node_id, cashier_nodes.name AS node_name, branches.name AS branch_name, disabled_at, \
     CASE WHEN cashier_nodes.token_hash <> $2 THEN cashier_nodes.old_token_until END AS token_until, \
     cashier_nodes.old_token_until, CASE WHEN cashier_nodes.token_hash = $2 THEN device_id ELSE \
     old_device_id END AS device_id, CASE WHEN cashier_nodes.token_hash = $2 THEN device_bound_at ELSE \
     old_device_bound_at END AS device_bound_at, COALESCE(ticket_last, 0) AS ticket_last, ticket_before, \
     ticket_given_at, seen_at, old_token_seen_at, old_store_token_seen_at, ",
    "currency, bonus_percent_bp, max_redeem_percent_bp, accrual_base, redeem_hold_seconds, bonus_expiry_days, \
     bonus_expiry_reminder_days, min_purchase_dirams, welcome_bonus_dirams, welcome_min_redeem_dirams, \
     referral_bonus_dirams, reactivation_days, reactivation_bonus_dirams, second_purchase_days, \
     second_purchase_bonus_dirams, tiers",
    " FROM tenants JOIN programmes ON programmes.tenant_id = tenants.id \
     LEFT JOIN cashier_nodes ON cashier_nodes.tenant_id = tenants.id AND (cashier_nodes.token_hash = $2 \
     OR cashier_nodes.old_token_hash = $2) \
     LEFT JOIN branches ON branches.tenant_id = cashier_nodes.tenant_id \
     AND branches.id = cashier_nodes.branch_id WHERE tenants.token_hash = $1 \
     OR tenants.old_token_hash = $1",
);

/// The client with the sums of its lots; parameters: store, phone, now.
pub(crate) const FIND: Statement = statement!(
    "SELECT ",
    "id, phone, full_name, card_number, balance_dirams, debt_dirams, last_seq, total_spent_dirams, \
     purchase_count, first_purchase_at, last_purchase_at, second_purchase_rewarded, referred_by, blocked_at, \
     last_redemption_at",
    ", ",
    "(SELECT CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 AND \
     client_id = clients.id AND remaining_dirams > 0 AND COALESCE(expires_at, 9223372036854775807) <= $3) \
     AS expired, (SELECT CAST(COALESCE(SUM(CASE WHEN expires_at <= $3 THEN 0 ELSE remaining_dirams \
     END), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 AND client_id = clients.id AND \
     remaining_dirams > 0 AND available_at > $3) AS held, (SELECT CAST(COALESCE(SUM(CASE WHEN \
     expires_at <= $3 THEN 0 ELSE remaining_dirams END), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 \
     AND client_id = clients.id AND remaining_dirams > 0 AND kind = 'welcome' AND kind <> 'purchase') AS \
     welcome, (SELECT CAST(COALESCE(SUM(CASE WHEN expires_at <= $3 OR available_at <= $3 THEN 0 ELSE \
      remaining_dirams END), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 AND client_id = clients.id \
     AND remaining_dirams > 0 AND kind = 'welcome' AND kind <> 'purchase') AS held_welcome",
    " FROM clients WHERE clients.tenant_id = $1 AND ",
    "phone",
    " = $2",
);

/// The locking of a client's row; parameters: store, phone.
pub(crate) const LOCK: Statement = statement!(
    "UPDATE clients SET last_seq = last_seq WHERE tenant_id = $1 AND ",
    "phone",
    " = $2 RETURNING ",
    "id, phone, full_name, card_number, balance_dirams, debt_dirams, last_seq, total_spent_dirams, \
     purchase_count, first_purchase_at, last_purchase_at, second_purchase_rewarded, referred_by, blocked_at, \
     last_redemption_at",
);

/// The sums of a client's lots; parameters: store, client, now.
pub(crate) const HOLDINGS: Statement = statement!(
    "SELECT ",
    "(SELECT CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 AND \
     client_id = clients.id AND remaining_dirams > 0 AND COALESCE(expires_at, 9223372036854775807) <= $3) \
     AS expired, (SELECT CAST(COALESCE(SUM(CASE WHEN expires_at <= $3 THEN 0 ELSE remaining_dirams \
     END), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 AND client_id = clients.id AND \
     remaining_dirams > 0 AND available_at > $3) AS held, (SELECT CAST(COALESCE(SUM(CASE WHEN \
     expires_at <= $3 THEN 0 ELSE remaining_dirams END), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 \
     AND client_id = clients.id AND remaining_dirams > 0 AND kind = 'welcome' AND kind <> 'purchase') AS \
     welcome, (SELECT CAST(COALESCE(SUM(CASE WHEN expires_at <= $3 OR available_at <= $3 THEN 0 ELSE \
      remaining_dirams END), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 AND client_id = clients.id \
     AND remaining_dirams > 0 AND kind = 'welcome' AND kind <> 'purchase') AS held_welcome",
    " FROM clients WHERE clients.tenant_id = $1 AND id = $2",
);

/// The insert of a sale; parameters: its columns in order.
pub(crate) const INSERT_SALE: Statement = statement!(
    "INSERT INTO sales (tenant_id, client_id, cashier_node_id, kind, external_key, external_sale_id, \
     receipt_number, redeem_mode, total_dirams, gross_dirams, paid_dirams, redeemed_dirams, accrued_dirams, \
     new_balance_dirams, payment_method, cashier_id, sale_date, happened_at, redemption_id, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) \
     ON CONFLICT (tenant_id, external_key) DO NOTHING RETURNING id"
);

/// The insert of entries in SQLite; parameters: store, the entries as JSON.
pub(crate) const INSERT_ENTRIES_SQLITE: Statement = statement!(
    "INSERT INTO entries (",
    "tenant_id, client_id, seq, kind, amount_dirams, debt_change_dirams, sale_id, return_id, act_id, created_at",
    ") SELECT $1, value ->> 'client_id', value ->> 'seq', value ->> 'kind', value ->> 'amount', value ->> \
      'debt_change', value ->> 'sale_id', value ->> 'return_id', value ->> 'act_id', value ->> 'at' \
      FROM json_each($2)"
);

/// The insert of entries in PostgreSQL, with the parameters of [`INSERT_ENTRIES_SQLITE`].
pub(crate) const INSERT_ENTRIES_POSTGRES: Statement = statement!(
    "INSERT INTO entries (",
    "tenant_id, client_id, seq, kind, amount_dirams, debt_change_dirams, sale_id, return_id, act_id, created_at",
    ") SELECT $1, client_id, seq, kind, amount, debt_change, sale_id, return_id, act_id, at FROM \
     json_to_recordset(CAST($2 AS json)) AS entry (client_id BIGINT, seq BIGINT, kind TEXT, amount BIGINT, \
     debt_change BIGINT, sale_id BIGINT, return_id BIGINT, act_id BIGINT, at BIGINT)"
);

/// The insert or update of lots in SQLite; parameters: store, the lots as JSON.
pub(crate) const PUT_LOTS_SQLITE: Statement = statement!(
    "INSERT INTO lots (",
    "tenant_id, client_id, seq, kind, amount_dirams, remaining_dirams, available_at, expires_at, sale_id",
    ") SELECT $1, value ->> 'client_id', value ->> 'seq', value ->> 'kind', value ->> 'amount', value ->> \
     'remaining', value ->> 'available_at', value ->> 'expires_at', value ->> 'sale_id' FROM json_each($2) \
     WHERE true ON CONFLICT (tenant_id, client_id, seq) DO UPDATE SET remaining_dirams = \
     excluded.remaining_dirams"
);

/// The insert or update of lots in PostgreSQL, with the parameters of [`PUT_LOTS_SQLITE`].
pub(crate) const PUT_LOTS_POSTGRES: Statement = statement!(
    "INSERT INTO lots (",
    "tenant_id, client_id, seq, kind, amount_dirams, remaining_dirams, available_at, expires_at, sale_id",
    ") SELECT $1, client_id, seq, kind, amount, remaining, available_at, expires_at, sale_id \
     FROM json_to_recordset(CAST($2 AS json)) AS lot (client_id BIGINT, seq BIGINT, kind TEXT, amount BIGINT, remaining \
     BIGINT, available_at BIGINT, expires_at BIGINT, sale_id BIGINT) ON CONFLICT (tenant_id, client_id, \
     seq) DO UPDATE SET remaining_dirams = excluded.remaining_dirams"
);

/// The update of a client; parameters: store, client, then the columns in the order of `SET`.
pub(crate) const UPDATE_CLIENT: Statement = statement!(
    "UPDATE clients SET balance_dirams = $3, debt_dirams = $4, last_seq = $5, total_spent_dirams = $6, \
     purchase_count = $7, first_purchase_at = $8, last_purchase_at = $9, second_purchase_rewarded = $10, last_redemption_at = $11 \
     WHERE tenant_id = $1 AND id = $2"
);

/// The insert of a notification; parameters: its columns in order.
pub(crate) const ENQUEUE: Statement = statement!(
    "INSERT INTO outbox (tenant_id, subject, client_id, payload, created_at, due_at) \
     VALUES ($1, $2, $3, $4, $5, (SELECT CASE WHEN is_reachable = 1 THEN $5 END \
     FROM clients WHERE tenant_id = $1 AND id = $3)) \
     ON CONFLICT (tenant_id, subject) DO NOTHING"
);

impl Statement {
    /// Returns the statement with an expression in place of each parameter.
    pub(crate) fn with(&self, arguments: &[&str]) -> String {
        let numbered = arguments.iter().enumerate();
        // From the last parameter to the first, because `$1` is also the beginning of `$10`.
        numbered
            .rev()
            .fold(self.text.to_owned(), |text, (index, argument)| {
                text.replace(&format!("${}", index + 1), argument)
            })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    const ALL: [Statement; 11] = [
        AUTHENTICATE,
        FIND,
        LOCK,
        HOLDINGS,
        INSERT_SALE,
        INSERT_ENTRIES_SQLITE,
        INSERT_ENTRIES_POSTGRES,
        PUT_LOTS_SQLITE,
        PUT_LOTS_POSTGRES,
        UPDATE_CLIENT,
        ENQUEUE,
    ];

    fn source(path: &str) -> String {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
    }

    /// Returns the text without white space, because the sources are formatted differently.
    fn packed(text: &str) -> String {
        text.split_whitespace().collect()
    }

    #[test]
    fn the_server_still_sends_what_is_measured() {
        let sources = [
            "tills/sql/mod.rs",
            "programme/sql.rs",
            "ledger/sql/mod.rs",
            "ledger/sql/save.rs",
            "sales/sql/mod.rs",
            "notifications/sql/mod.rs",
        ]
        .map(|path| packed(&source(&format!("../../backend/src/{path}"))))
        .concat();
        for piece in ALL.iter().flat_map(|statement| statement.pieces) {
            let quoted = format!("\"{}", packed(piece));
            assert!(
                sources.contains(&quoted),
                "the backend no longer sends: {piece}"
            );
        }
    }

    #[test]
    fn the_bench_opens_sqlite_with_the_settings_of_the_server() {
        let settings = [
            ".journal_mode(SqliteJournalMode::Wal)",
            ".synchronous(SqliteSynchronous::Full)",
            ".foreign_keys(true)",
            ".pragma(\"cache_size\", \"-65536\")",
            "READERS: u32 = 4;",
        ];
        let [server, bench] = ["../../backend/src/db/sqlite.rs", "src/limit/sqlite.rs"].map(source);
        for setting in settings {
            assert!(
                server.contains(setting),
                "the server no longer sets {setting}"
            );
            assert!(bench.contains(setting), "the bench does not set {setting}");
        }
    }

    #[test]
    fn arguments_replace_the_parameters_with_their_numbers() {
        let arguments: Vec<String> = (1..=20).map(|number| format!(":v{number}")).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let text = INSERT_SALE.with(&arguments);
        assert!(text.contains("VALUES (:v1, :v2,") && text.contains(":v19, :v20)"));
        assert!(!text.contains('$'));
    }
}
