//! Recovery codes, which replace a lost phone, once each.

use super::sql;
use crate::Error;
use crate::db::Tx;
use crate::secrets::token_hash;
use crate::typed_code;

/// The codes that a person gets.
const CODES: usize = 8;

/// Returns the hash under which the code of a person is stored; `None` if the text is not a code.
/// Sixty random bits need no stretching.
pub(super) fn hash((tenant_id, user_id): (i64, i64), typed: &str) -> Option<String> {
    let code = typed_code::canonical(typed)?;
    Some(token_hash(&format!(
        "recovery:{tenant_id}:{user_id}:{code}"
    )))
}

/// Replaces the codes of a person. Nine statements.
pub(super) async fn replace(tx: &mut Tx, person: (i64, i64)) -> Result<Vec<String>, Error> {
    sql::delete_recovery_codes(tx, person).await?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let code = typed_code::new()?;
        let hash = hash(person, &code).ok_or_else(|| Error::Secret("no code".to_owned()))?;
        sql::insert_recovery_code(tx, person, &hash).await?;
        codes.push(code);
    }
    Ok(codes)
}
