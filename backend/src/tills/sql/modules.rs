//! The statement of the modules that were handed out.

use domain::{TillModule, Timestamp};

use crate::Error;
use crate::db::Tx;

const NOTE: &str = r"
    UPDATE cashier_nodes
    SET module = $3,
        module_at = $4,
        module_token_hash = $5,
        module_store_token_hash = $6
    WHERE tenant_id = $1
        AND id = $2
";

/// Notes a module that was handed out, with the hashes of the till's and the store's key.
pub(in crate::tills) async fn note(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
    module: TillModule,
    (token_hash, store_token_hash): (&str, &str),
    now: Timestamp,
) -> Result<(), Error> {
    let params = (
        tenant_id,
        till_id,
        module.as_str(),
        now.micros(),
        token_hash,
        store_token_hash,
    );
    tx.execute(NOTE, params).await?.exactly(1)
}
