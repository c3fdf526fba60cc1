//! The statements of device tickets.

use domain::{Tickets, Timestamp};

use crate::Error;
use crate::db::Db;
use crate::till_number::TillNumber;

const GIVE: &str = r"
    UPDATE cashier_nodes
    SET ticket_last = $4,
        ticket_before = $5,
        ticket_given_at = $6
    WHERE tenant_id = $1
        AND id = $2
        AND ticket_last = $3
";

/// Gives a till its next ticket. Returns `false` if another request was faster.
pub(in crate::tills) async fn give(
    db: &Db,
    till: TillNumber,
    last: i64,
    next: Tickets,
) -> Result<bool, Error> {
    let params = (
        till.tenant_id,
        till.till_id,
        last,
        next.last,
        next.before,
        next.given_at.map(Timestamp::micros),
    );
    db.writes().execute(GIVE, params).await?.one_or_none()
}
