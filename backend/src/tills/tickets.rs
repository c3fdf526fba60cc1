//! The tickets of tills' devices: see [`domain::Tickets`]. A ticket opens nothing. It is a number
//! with a keyed hash over the till and its binding, so that no other till's number is taken for it,
//! and a reset of the binding ends all that were given before.

use super::{AuthenticatedTill, sql};
use crate::{Backend, Error, activity};

/// Looks at the ticket that a till has sent. Returns the next one if it is due.
///
/// No statement, but for the next ticket and for an old one: each one statement, at most once in
/// ten minutes.
///
/// # Errors
/// [`Error::Storage`]. The request can be served all the same.
pub async fn take_ticket(
    backend: &Backend,
    till: &AuthenticatedTill,
    sent: Option<&str>,
) -> Result<Option<String>, Error> {
    let now = backend.clock.now();
    let step = till
        .tickets
        .step(sent.and_then(|sent| number(backend, till, sent)), now);
    let Some(next) = step.next else {
        return Ok(None);
    };
    let last = till.tickets.last;
    if !sql::tickets::give(&backend.db, till.number(), last, next).await? {
        return Ok(None);
    }
    if step.is_old {
        activity::note_old_ticket(backend, till.number(), now).await?;
    }
    Ok(Some(ticket(backend, till, next.last)))
}

/// Returns the number of a ticket of this binding; `None` for any other text.
fn number(backend: &Backend, till: &AuthenticatedTill, sent: &str) -> Option<i64> {
    let number = sent.split_once('.')?.0.parse().ok()?;
    (ticket(backend, till, number) == sent).then_some(number)
}

fn ticket(backend: &Backend, till: &AuthenticatedTill, number: i64) -> String {
    let bound_at = till.device_bound_at.micros();
    let of = format!("ticket {} {} {bound_at} {number}", till.tenant_id, till.id);
    let hash = backend.secrets.derived_password(&of);
    format!("{number}.{hash}")
}
