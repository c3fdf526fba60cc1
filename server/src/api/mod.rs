//! The handlers, one file per resource. A handler reads the request, calls the backend and maps the
//! answer.

pub(crate) mod extract;
mod perform;
pub(crate) mod records;

pub(crate) mod clients;
pub(crate) mod inventory;
pub(crate) mod probes;
pub(crate) mod receipts;
pub(crate) mod returns;
pub(crate) mod sales;
pub(crate) mod tills;
