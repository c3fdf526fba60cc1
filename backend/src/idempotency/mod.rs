//! `Idempotency-Key`: the transaction of a request also stores its answer, and a repeated request
//! gets the stored answer (the pattern of "Zero to Production in Rust", chapter 11; header as in
//! the IETF draft).

mod forget;
mod run_once;
mod sql;

pub(crate) use forget::forget_some;
pub use run_once::run_once;

/// An idempotency key as one till sent it with one request.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// The store.
    pub tenant_id: i64,
    /// The sender within the store: `cashier:3`, or `store`.
    pub scope: String,
    /// The value of the header.
    pub key: String,
    /// A hash of method, path and body: the same key with another request is an error.
    pub request_hash: [u8; 32],
}

/// An HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its JSON.
    pub body: String,
}

/// An answer and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Once {
    /// The answer to this request.
    Fresh(Answer),
    /// The answer to an earlier request with the same key.
    Replayed(Answer),
    /// No answer, because the key was used for another request.
    KeyReused,
}
