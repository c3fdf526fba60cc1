//! The middleware that every request passes through before and after its handler.

mod address;
mod cross_origin;
mod observe;
mod protect;
mod unread;

pub(crate) use address::forgive_slash;
pub(crate) use cross_origin::cross_origin;
pub(crate) use observe::{RequestId, observe};
pub(crate) use protect::{panic_answer, security_headers, time_limit};
pub(crate) use unread::read_to_the_end;
