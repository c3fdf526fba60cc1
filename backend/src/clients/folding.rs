//! The folded names of clients, which their search compares.

use super::sql;
use crate::db::Db;
use crate::folded::folded;
use crate::{Error, stores};

/// The names that one transaction folds.
const NAMES_PER_TRANSACTION: i64 = 1_000;

/// Folds the names of all clients that were stored without it: by an older version, or in bulk.
/// One statement for a store without such names.
///
/// # Errors
/// [`Error::Storage`].
pub(crate) async fn fold_names(db: &Db) -> Result<(), Error> {
    for tenant_id in stores::all(db).await? {
        fold_all(db, tenant_id).await?;
    }
    Ok(())
}

/// Folds the names of a store's clients. One statement if there are none to fold.
pub(super) async fn fold_all(db: &Db, tenant_id: i64) -> Result<(), Error> {
    loop {
        let names = sql::names_to_fold(db, tenant_id, NAMES_PER_TRANSACTION).await?;
        if names.is_empty() {
            return Ok(());
        }
        let names = names.into_iter().map(|(id, name)| (id, folded(&name)));
        sql::set_folded(db, tenant_id, names.collect()).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_it_is_typed() {
        for (name, typed) in [
            ("Мадина Раҳимова", "мадина рахимова"),
            ("  ЗЕБО   Қодирова ", "Зебо кодирова"),
            ("Ҷамшед", "чамшед"),
            ("Шарифӣ", "шарифи"),
            ("Ғафур\u{200b}", "гафур"),
            ("Фёдор", "федор"),
            ("O’Brien", "o’brien"),
        ] {
            assert_eq!(folded(name), folded(typed));
        }
    }
}
