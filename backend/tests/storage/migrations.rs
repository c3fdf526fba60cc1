//! Tests that a database filled by an older version is brought up to date.

use sqlx::migrate::Migrator;
use sqlx::{Connection, PgConnection, SqliteConnection};
use testkit::{TestDatabase, on_both_engines};

/// The last version of the schema in which an external id was unique as it was sent.
const BEFORE_KEYS: i64 = 3;

const STORE: &str = "
    INSERT INTO tenants (id, name, token_hash, token_sealed, last_card_number, created_at) VALUES (1, '', 't', '', 1, 0);
    INSERT INTO branches (id, tenant_id, name, created_at) VALUES (1, 1, '', 0);
    INSERT INTO cashier_nodes (id, tenant_id, branch_id, name, token_hash, token_sealed, created_at)
        VALUES (7, 1, 1, '', 'c', '', 0);
    INSERT INTO clients (id, tenant_id, phone, card_number, ean13, created_at)
        VALUES (1, 1, '+992900000001', '001-0000001', '2000100000018', 0);";

/// External ids as tills have sent them, and the keys that the migration gives them.
const IDS: [(&str, &str); 9] = [
    ("000123", "till:7:000123"),
    (
        "A1B2C3D4-E5F6-4711-8899-AABBCCDDEEFF",
        "retired:2:store:a1b2c3d4-e5f6-4711-8899-aabbccddeeff",
    ),
    (
        "{a1b2c3d4-e5f6-4711-8899-aabbccddeeff}",
        "retired:3:store:a1b2c3d4-e5f6-4711-8899-aabbccddeeff",
    ),
    (
        "a1b2c3d4-e5f6-4711-8899-aabbccddeeff",
        "store:a1b2c3d4-e5f6-4711-8899-aabbccddeeff",
    ),
    (
        "00112233445566778899AABBCCDDEEFF",
        "store:00112233-4455-6677-8899-aabbccddeeff",
    ),
    (
        "urn:uuid:11112222-3333-4444-5555-666677778888",
        "store:11112222-3333-4444-5555-666677778888",
    ),
    // Texts that have the length or the form of a UUID but are not UUIDs.
    (
        "check-12-2026-0001-0002-000000000003",
        "till:7:check-12-2026-0001-0002-000000000003",
    ),
    (
        "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
        "till:7:zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
    ),
    (
        "0011-2233-4455-6677-8899-aabbccd",
        "till:7:0011-2233-4455-6677-8899-aabbccd",
    ),
];

fn documents() -> String {
    (1..)
        .zip(IDS)
        .map(|(id, (sent, _))| {
            format!(
                "INSERT INTO sales (id, tenant_id, client_id, cashier_node_id, kind, external_sale_id, redeem_mode, \
                 total_dirams, gross_dirams, paid_dirams, redeemed_dirams, accrued_dirams, new_balance_dirams, sale_date, \
                 created_at) VALUES ({id}, 1, 1, 7, 'sale', '{sent}', 'payment_type', 1, 1, 1, 0, 0, 0, 0, 0);\n\
                 INSERT INTO returns (id, tenant_id, client_id, cashier_node_id, external_return_id, return_dirams, \
                 cash_refund_dirams, revoked_dirams, restored_dirams, shortage_dirams, settled_dirams, spent_back_dirams, \
                 new_balance_dirams, created_at) VALUES ({id}, 1, 1, 7, '{sent}', 1, 0, 0, 0, 0, 0, 0, 0, 0);\n\
                 INSERT INTO receipts (id, tenant_id, cashier_node_id, external_receipt_id, total_dirams, receipt_date, \
                 created_at) VALUES ({id}, 1, 7, '{sent}', 1, 0, 0);\n"
            )
        })
        .collect::<Vec<_>>()
        .concat()
}

/// Fills the old schema, brings it up to date, and reads the documents of each table.
macro_rules! migrated {
    ($connection:ty, $migrator:expr, $url:expr) => {{
        let (migrator, mut connection): (Migrator, _) =
            ($migrator, <$connection>::connect($url).await.unwrap());
        migrator.run_to(BEFORE_KEYS, &mut connection).await.unwrap();
        let script = sqlx::AssertSqlSafe(STORE.to_owned() + &documents());
        sqlx::raw_sql(script)
            .execute(&mut connection)
            .await
            .unwrap();
        migrator.run(&mut connection).await.unwrap();
        let mut tables = Vec::new();
        for read in [
            "SELECT external_sale_id, external_key FROM sales ORDER BY id",
            "SELECT external_return_id, external_key FROM returns ORDER BY id",
            "SELECT external_receipt_id, external_key FROM receipts ORDER BY id",
        ] {
            let rows: Vec<(String, String)> = sqlx::query_as(read)
                .fetch_all(&mut connection)
                .await
                .unwrap();
            tables.push(rows);
        }
        connection.close().await.unwrap();
        tables
    }};
}

#[on_both_engines]
async fn migrated_ids_get_the_keys_that_a_repeat_finds(database: TestDatabase) {
    let tables: Vec<Vec<(String, String)>> = if database.is_sqlite() {
        let url = format!("{}?mode=rwc", database.url());
        migrated!(
            SqliteConnection,
            sqlx::migrate!("../migrations/sqlite"),
            &url
        )
    } else {
        migrated!(
            PgConnection,
            sqlx::migrate!("../migrations/postgres"),
            database.url()
        )
    };
    for table in tables {
        let expected = IDS.map(|(sent, key)| (sent.to_owned(), key.to_owned()));
        assert_eq!(table, expected);
    }
}
