//! The statement that all documents with external ids share.

use super::{Documents, ExternalKey};
use crate::Error;
use crate::db::{Tx, on_engine};

/// Frees the key of an old document, if there is one, for a new one of the same number.
pub(crate) async fn retire(
    tx: &mut Tx,
    documents: Documents,
    tenant_id: i64,
    old: Option<i64>,
    key: Option<&ExternalKey>,
) -> Result<(), Error> {
    const SALE: &str = "UPDATE sales SET external_key = $4 \
                        WHERE tenant_id = $1 AND id = $2 AND external_key = $3";
    const RETURN: &str = "UPDATE returns SET external_key = $4 \
                          WHERE tenant_id = $1 AND id = $2 AND external_key = $3";
    const RECEIPT: &str = "UPDATE receipts SET external_key = $4 \
                           WHERE tenant_id = $1 AND id = $2 AND external_key = $3";
    let (Some(id), Some(key)) = (old, key) else {
        return Ok(());
    };
    let statement = match documents {
        Documents::Sales => SALE,
        Documents::Returns => RETURN,
        Documents::Receipts => RECEIPT,
    };
    on_engine!(tx.conn(), conn => {
        sqlx::query(statement)
            .bind(tenant_id)
            .bind(id)
            .bind(key.as_str())
            .bind(key.retired(id))
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}
