//! The statements that all documents with external ids share.

use super::{Documents, ExternalKey};
use crate::Error;
use crate::db::Tx;

const RETIRE_SALE: &str = r"
    UPDATE sales
    SET external_key = $4
    WHERE tenant_id = $1
        AND id = $2
        AND external_key = $3
";

const RETIRE_RETURN: &str = r"
    UPDATE returns
    SET external_key = $4
    WHERE tenant_id = $1
        AND id = $2
        AND external_key = $3
";

const RETIRE_RECEIPT: &str = r"
    UPDATE receipts
    SET external_key = $4
    WHERE tenant_id = $1
        AND id = $2
        AND external_key = $3
";

/// Frees the key of an old document, if there is one, for a new document with the same number.
pub(crate) async fn retire(
    tx: &mut Tx,
    documents: Documents,
    tenant_id: i64,
    old: Option<i64>,
    key: Option<&ExternalKey>,
) -> Result<(), Error> {
    let (Some(id), Some(key)) = (old, key) else {
        return Ok(());
    };
    let statement = match documents {
        Documents::Sales => RETIRE_SALE,
        Documents::Returns => RETIRE_RETURN,
        Documents::Receipts => RETIRE_RECEIPT,
    };
    let params = (tenant_id, id, key.as_str(), key.retired(id));
    // Another request with the same number may have retired it just now.
    tx.execute(statement, params).await?.one_or_none()?;
    Ok(())
}
