//! The ids that tills give their documents, so that a document sent twice is recorded once.

mod sql;

use domain::Timestamp;
use uuid::Uuid;

use crate::Error;
use crate::tills::AuthenticatedTill;

pub(crate) use sql::retire;

/// After so many days a till's own number may come again: a new fiscal drive counts from 1.
const OWN_NUMBER_REPEATS_AFTER_DAYS: i64 = 30;

/// How often a document is inserted: once more after an old one of its key was retired, and once more where another
/// request of the same number was faster.
pub(crate) const TRIES: usize = 3;

/// A table of documents that have external ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Documents {
    /// Sales and redemptions.
    Sales,
    /// Returns.
    Returns,
    /// Receipts without a client.
    Receipts,
}

/// What an external id is unique by within its table and store.
///
/// A UUID is one for the whole store. Any other id is the till's own: fiscal numbers repeat on every till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalKey {
    text: String,
    is_tills_own: bool,
}

impl ExternalKey {
    /// The key of a sale, a return or a receipt.
    pub(crate) fn of(till: &AuthenticatedTill, external_id: &str) -> Self {
        match Uuid::try_parse(external_id) {
            Ok(uuid) => Self {
                text: format!("store:{uuid}"),
                is_tills_own: false,
            },
            Err(_) => Self {
                text: format!("till:{}:{external_id}", till.id),
                is_tills_own: true,
            },
        }
    }

    /// The key of a redemption: a sale of the same check may follow under the same id.
    pub(crate) fn of_redemption(till: &AuthenticatedTill, external_id: &str) -> Self {
        let key = Self::of(till, external_id);
        Self {
            text: format!("redemption:{}", key.text),
            ..key
        }
    }

    /// As stored.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// What the key of document `id` becomes when a new document takes the key over.
    fn retired(&self, id: i64) -> String {
        format!("retired:{id}:{}", self.text)
    }

    /// True if a document recorded at `recorded_at` no longer stands in the way of a new one of this key.
    pub(crate) fn is_free_again(&self, recorded_at: Timestamp, now: Timestamp) -> bool {
        recorded_at <= self.free_again_if_recorded_at(now)
    }

    /// The last moment whose documents do not stand in the way of new ones of this key.
    pub(crate) fn free_again_if_recorded_at(&self, now: Timestamp) -> Timestamp {
        if self.is_tills_own {
            now.plus_days(-OWN_NUMBER_REPEATS_AFTER_DAYS)
        } else {
            Timestamp::from_micros(i64::MIN)
        }
    }
}

/// What is recorded under an external id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known<T> {
    /// Nothing, or what is so old that the till counts anew; with the number of that document.
    Free(Option<i64>),
    /// This very document.
    Same(T),
    /// Another one.
    Other,
}

impl<T> Known<T> {
    /// The document, if it is recorded.
    ///
    /// # Errors
    /// [`Error::ExternalIdConflict`] if another one is.
    pub(crate) fn recorded(self) -> Result<Option<T>, Error> {
        match self {
            Self::Free(_) => Ok(None),
            Self::Same(first) => Ok(Some(first)),
            Self::Other => Err(Error::ExternalIdConflict),
        }
    }
}

/// What came of inserting a document under its external id.
pub(crate) enum Inserted<T> {
    /// It has this number now.
    New(i64),
    /// It was recorded before; here it is.
    Before(T),
}
