//! What the filter of the sales may ask, and the data of the page.

use domain::{Money, Timestamp};

use crate::forms::{FormState, fields};
use crate::panel::texts::Texts;
use crate::panel::urls::Url;

fields! {
    /// The filter of the sales, in the query.
    SalesField = "sales" {
        /// The first local day: `2026-06-05`.
        From = "from",
        /// The last local day.
        To = "to",
        /// A code of [`Show`]; empty for all.
        Kind = "kind",
        /// A code of bonuses; empty for all.
        Bonus = "bonus",
        /// The number of a branch; empty for all.
        Branch = "branch",
        /// The number of a till; empty for all.
        Till = "till",
        /// The number of a client; empty for all.
        Client = "client",
        /// The cashier as tills name them; empty for all.
        Cashier = "cashier",
        /// The number of a document; empty for all.
        Number = "number",
        /// The least value of the goods; empty for any.
        Least = "min",
        /// The greatest value of the goods; empty for any.
        Most = "max",
        /// `all` for all days.
        Days = "days",
    }
}

/// The name in the query of the key after which the rows continue.
pub const AFTER: &str = "after";

/// The value of `bonus` for documents that gave bonuses.
pub const GIVEN: &str = "given";

/// The value of `bonus` for documents that took bonuses as payment.
pub const TAKEN: &str = "taken";

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A purchase of a client.
    Sale,
    /// A return.
    Return,
    /// A redemption without a sale.
    Redemption,
    /// A purchase without a client.
    Receipt,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Sale, Self::Return, Self::Redemption, Self::Receipt];

    pub(in crate::panel) const fn words(self, texts: &Texts) -> &'static str {
        match self {
            Self::Sale => texts.sales.sale,
            Self::Return => texts.sales.goods_return,
            Self::Redemption => texts.sales.redemption,
            Self::Receipt => texts.sales.receipt,
        }
    }
}

/// The kinds that a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All of them.
    #[default]
    All,
    /// Purchases with and without a client.
    Purchases,
    /// Purchases of clients.
    Sales,
    /// Purchases without a client.
    Receipts,
    /// Returns.
    Returns,
    /// Redemptions without a sale.
    Redemptions,
}

impl Show {
    /// Every choice.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Purchases,
        Self::Sales,
        Self::Receipts,
        Self::Returns,
        Self::Redemptions,
    ];

    /// Returns the value of the query.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Purchases => "purchase",
            Self::Sales => "sale",
            Self::Receipts => "receipt",
            Self::Returns => "return",
            Self::Redemptions => "redemption",
        }
    }

    /// Returns the choice with this value.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.code() == code)
    }

    pub(in crate::panel) const fn words(self, texts: &Texts) -> &'static str {
        match self {
            Self::All => texts.sales.all_kinds,
            Self::Purchases => texts.sales.purchases,
            Self::Sales => texts.sales.with_client,
            Self::Receipts => texts.sales.without_client,
            Self::Returns => texts.sales.returns,
            Self::Redemptions => texts.sales.redemptions,
        }
    }
}

/// Returns the address of the rows behind a figure: of the days from `from` to `to`, each such as
/// `2026-06-05`, with further pairs of the query.
pub fn rows_url(from: &str, to: &str, show: Show, more: &[(&str, &str)]) -> String {
    let mut pairs = vec![("from", from), ("to", to), ("kind", show.code())];
    pairs.extend_from_slice(more);
    Url::Sales.with_query(&pairs)
}

/// The page of the sales.
#[derive(Clone, Debug)]
pub struct Sales {
    /// The current moment.
    pub now: Timestamp,
    /// The filter.
    pub filter: FormState<SalesField>,
    /// The branches of the filter.
    pub branches: Vec<(i64, String)>,
    /// The tills of the filter, each with the name of its branch.
    pub tills: Vec<(i64, String)>,
    /// The name of the client, if the filter has one.
    pub client: Option<String>,
    /// The sums of all rows that the filter finds; `None` if finding them takes too long.
    pub totals: Option<SalesTotals>,
    /// `true` if a file does not have all rows.
    pub is_too_long: bool,
    /// The moment until which rows were looked for, if the page has only the rows since then.
    pub searched_until: Option<Timestamp>,
    /// The rows, the newest first.
    pub rows: Vec<Document>,
    /// The key after which the next page continues; `None` on the last page.
    pub next: Option<String>,
    /// `true` if these are not the first rows.
    pub is_continued: bool,
}

/// The sums of the rows that a filter finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SalesTotals {
    /// The purchases, except cancelled ones.
    pub purchases: i64,
    /// The value of these.
    pub sold: Money,
    /// The returns.
    pub returns: i64,
    /// The value of the goods that came back.
    pub returned: Money,
    /// The bonuses that sales gave.
    pub accrued: Money,
    /// The bonuses that paid.
    pub redeemed: Money,
}

/// A document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The kind.
    pub kind: Kind,
    /// The address of its page; of a return, its place on the page of the sale.
    pub href: String,
    /// The moment.
    pub at: Timestamp,
    /// The number that the till gave it.
    pub number: Option<String>,
    /// The name of the branch.
    pub branch: String,
    /// The name of the till.
    pub till: String,
    /// The cashier, as the till names them.
    pub cashier: Option<String>,
    /// The client: number, name and phone.
    pub client: Option<(i64, Option<String>, String)>,
    /// The value of the goods; zero for a redemption, because its goods count in their sale.
    pub total: Money,
    /// The bonuses given; negative if a return took them back.
    pub accrued: Money,
    /// The bonuses spent; negative if a return gave them back.
    pub redeemed: Money,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Valid,
    /// All goods came back.
    AllReturned,
    /// The till has cancelled it.
    Void,
}

/// Returns the address of the list with this filter and one more pair.
pub(super) fn address(page: &Sales, more: (&str, &str)) -> String {
    let form = &page.filter;
    let (from, to) = (form.value(SalesField::From), form.value(SalesField::To));
    changed(page, from, to, form.value(SalesField::Kind), more)
}

/// Returns the address of the list with other days or kinds.
pub(super) fn changed(
    page: &Sales,
    from: &str,
    to: &str,
    kind: &str,
    more: (&str, &str),
) -> String {
    let value = |field| page.filter.value(field);
    let days = if from.is_empty() && to.is_empty() {
        "all"
    } else {
        ""
    };
    Url::Sales.with_query(&[
        ("from", from),
        ("to", to),
        ("days", days),
        ("kind", kind),
        ("bonus", value(SalesField::Bonus)),
        ("branch", value(SalesField::Branch)),
        ("till", value(SalesField::Till)),
        ("client", value(SalesField::Client)),
        ("cashier", value(SalesField::Cashier)),
        ("number", value(SalesField::Number)),
        ("min", value(SalesField::Least)),
        ("max", value(SalesField::Most)),
        more,
    ])
}

/// Returns the address of the next rows, if there are more or may be more.
pub(super) fn next(page: &Sales) -> Option<String> {
    let after = page.next.as_deref();
    after.map(|after| address(page, (AFTER, after)))
}

/// Returns the address of the first rows, if these are not the first.
pub(super) fn first(page: &Sales) -> Option<String> {
    page.is_continued.then(|| address(page, (AFTER, "")))
}
