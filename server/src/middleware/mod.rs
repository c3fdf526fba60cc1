//! What every request passes through, outside its handler.

mod observe;
mod protect;
mod unread;

pub(crate) use observe::observe;
pub(crate) use protect::{panic_answer, security_headers, time_limit};
pub(crate) use unread::read_to_the_end;
