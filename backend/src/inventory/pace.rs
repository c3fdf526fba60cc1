//! The pace at which articles are sold.

use std::collections::HashMap;

use domain::{Quantity, Timestamp, stock};

/// The pace at which an article was sold, by the lines of sales that tills send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The quantity sold in the last [`stock::WINDOW_DAYS`].
    pub sold: Quantity,
    /// The first sale of these days.
    pub first_sold_at: Timestamp,
    /// The last sale.
    pub last_sold_at: Timestamp,
}

impl Pace {
    /// Returns the days that a quantity lasts at this pace; `None` if there is no pace.
    pub fn stock_days(&self, quantity: Quantity, now: Timestamp) -> Option<i64> {
        const DAY: i64 = 86_400_000_000;
        let days = (now.micros() - self.first_sold_at.micros()) / DAY;
        stock::stock_days(quantity, self.sold, days)
    }
}

/// The pace of each article by its sku.
pub type Paces = HashMap<String, Pace>;
