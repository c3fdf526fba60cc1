//! The ids that tills give their documents, so that a document sent twice is recorded once.

mod sql;

use domain::Timestamp;
use uuid::Uuid;

use crate::Error;
use crate::tills::AuthenticatedTill;

pub(crate) use sql::retire;

/// The number of days after which a till's own number may come again, because a new fiscal drive
/// counts from 1.
const OWN_NUMBER_REPEATS_AFTER_DAYS: i64 = 30;

/// The number of attempts to insert a document: the first, one after an old document with the same
/// key is retired, and one more if another request with the same number was faster.
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

/// A key that makes an external id unique within its table and store.
///
/// A UUID is unique in the whole store. Any other id is unique only within its till, because fiscal
/// numbers repeat on every till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalKey {
    text: String,
    is_tills_own: bool,
}

impl ExternalKey {
    /// Makes the key of a sale, a return or a receipt.
    pub(crate) fn of(till: &AuthenticatedTill, external_id: &str) -> Self {
        match Self::of_uuid(external_id) {
            Some(text) => Self {
                text,
                is_tills_own: false,
            },
            None => Self {
                text: format!("till:{}:{external_id}", till.id),
                is_tills_own: true,
            },
        }
    }

    /// Returns the text of the key if the id is a UUID, however it is spelled.
    pub(crate) fn of_uuid(external_id: &str) -> Option<String> {
        let uuid = Uuid::try_parse(external_id).ok()?;
        Some(format!("store:{uuid}"))
    }

    /// Makes the key of a redemption. It differs from the sale's key, because the sale that belongs
    /// to the redemption may follow under the same id.
    pub(crate) fn of_redemption(till: &AuthenticatedTill, external_id: &str) -> Self {
        let key = Self::of(till, external_id);
        Self {
            text: format!("redemption:{}", key.text),
            ..key
        }
    }

    /// Returns the key as stored.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the new key of document `id`, whose old key a new document takes over.
    fn retired(&self, id: i64) -> String {
        format!("retired:{id}:{}", self.text)
    }

    /// Returns whether a new document may take this key over from a document recorded at
    /// `recorded_at`.
    pub(crate) fn is_free_again(&self, recorded_at: Timestamp, now: Timestamp) -> bool {
        recorded_at <= self.free_again_if_recorded_at(now)
    }

    /// Returns the latest moment at which a document may have been recorded that gives this key up
    /// to a new one.
    pub(crate) fn free_again_if_recorded_at(&self, now: Timestamp) -> Timestamp {
        if self.is_tills_own {
            now.plus_days(-OWN_NUMBER_REPEATS_AFTER_DAYS)
        } else {
            Timestamp::from_micros(i64::MIN)
        }
    }
}

/// The state of an external id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known<T> {
    /// The id is free. The number is that of a document with this id that is so old that the till's
    /// numbers have started again.
    Free(Option<i64>),
    /// This very document is recorded under the id.
    Same(T),
    /// Another document is recorded under the id.
    Other,
}

impl<T> Known<T> {
    /// Returns the document if it is recorded.
    ///
    /// # Errors
    /// [`Error::ExternalIdConflict`] if another document is recorded.
    pub(crate) fn recorded(self) -> Result<Option<T>, Error> {
        match self {
            Self::Free(_) => Ok(None),
            Self::Same(first) => Ok(Some(first)),
            Self::Other => Err(Error::ExternalIdConflict),
        }
    }
}

/// The result of inserting a document under its external id.
pub(crate) enum Inserted<T> {
    /// The document was inserted and has this number.
    New(i64),
    /// The document was recorded before, and this is its record.
    Before(T),
}
