//! What the panel and the admin console share: signing in and out, sessions, forms, cookies,
//! answers and their headers.

pub(crate) mod answer;
mod code_form;
mod compress;
pub(crate) mod cookie;
mod device_name;
pub(crate) mod entry;
pub(crate) mod export;
pub(crate) mod form;
mod guard;
pub(crate) mod language;
mod minutes;
pub(crate) mod next;
pub(crate) mod notice;
pub(crate) mod onward;
pub(crate) mod pairs;
pub(crate) mod password;
pub(crate) mod person;
pub(crate) mod same_origin;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod sign_in_code;

pub(crate) use answer::no_such_page;
pub(crate) use guard::guarded;
pub(crate) use minutes::minutes;
