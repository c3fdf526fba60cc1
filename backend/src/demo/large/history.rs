//! What the visits do to the accounts of the clients.

use domain::{Programme, Timestamp};

use super::member::{Member, Returned, Sold};
use super::visits::Visit;
use super::{documents, sql};
use crate::Error;
use crate::db::Tx;

/// One sale in this many comes back.
const RETURNS: u64 = 45;

/// All sales and returns, in order of time.
pub(super) struct History {
    /// The sale of each visit.
    pub(super) sold: Vec<Sold>,
    /// The returns, each with the index of its till and its moment.
    pub(super) returned: Vec<(Returned, usize, Timestamp)>,
}

impl History {
    /// Plays all visits and returns, and the nights between them, on the members' accounts.
    pub(super) async fn play(
        tx: &mut Tx,
        programme: &Programme,
        visits: &[Visit],
        members: &mut [Member],
        now: Timestamp,
    ) -> Result<Self, Error> {
        let mut events: Vec<(Timestamp, usize, bool)> = Vec::with_capacity(visits.len());
        for (index, visit) in visits.iter().enumerate() {
            events.push((visit.at, index, false));
            let seconds = 1_800 + i64::try_from(visit.chance >> 13 & 0xF_FFFF).unwrap_or(0) / 2;
            let back = visit.at.plus_seconds(seconds);
            if (visit.chance >> 5).is_multiple_of(RETURNS) && back < now {
                events.push((back, index, true));
            }
        }
        events.sort_unstable();
        let mut sale_ids = sql::reserve_sales(tx, visits.len()).await?.into_iter();
        let returns = events.len() - visits.len();
        let mut return_ids = sql::reserve_returns(tx, returns).await?.into_iter();
        let mut history = Self {
            sold: Vec::with_capacity(visits.len()),
            returned: Vec::with_capacity(returns),
        };
        for (at, index, is_return) in events {
            let Some(visit) = visits.get(index) else {
                continue;
            };
            let Some(member) = members.get_mut(visit.client) else {
                continue;
            };
            if is_return {
                let ids = return_ids.next().zip(history.sold.get(index));
                let Some((id, sold)) = ids else { continue };
                let all = !visit.chance.is_multiple_of(3);
                let back = member.give_back(programme, id, sold, all, at)?;
                history.returned.push((back, visit.till, at));
            } else {
                let Some(id) = sale_ids.next() else { continue };
                let (gross, mode) = (documents::gross(visit), documents::mode(visit.till));
                let sold = member.buy(programme, id, gross, mode, visit.chance, at)?;
                history.sold.push(sold);
            }
        }
        for member in members {
            member.sweep(now);
        }
        Ok(history)
    }
}
