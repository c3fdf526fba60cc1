//! Recovery codes, which replace a lost phone, once each.

use super::principal::Principal;
use super::sql;
use crate::Error;
use crate::db::Tx;
use crate::secrets::token_hash;
use crate::typed_code;

/// The codes that a person gets.
const CODES: usize = 8;

/// Returns the hash under which the code of a person is stored; `None` if the text is not a code.
/// Sixty random bits need no stretching.
pub(super) fn hash(principal: Principal, typed: &str) -> Option<String> {
    let code = typed_code::canonical(typed)?;
    Some(token_hash(&format!("recovery:{}:{code}", principal.text())))
}

/// Replaces the codes of a person. Nine statements.
pub(super) async fn replace(tx: &mut Tx, principal: Principal) -> Result<Vec<String>, Error> {
    sql::delete_recovery_codes(tx, principal).await?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let code = typed_code::new()?;
        let hash = hash(principal, &code).ok_or_else(|| Error::Secret("no code".to_owned()))?;
        sql::insert_recovery_code(tx, principal, &hash).await?;
        codes.push(code);
    }
    Ok(codes)
}
