//! The documents recorded at this till: the shift's sums, and the search in the history.

use domain::receipts::VOIDABLE_SECONDS;
use domain::{Identifier, Money};
use serde::{Deserialize, Serialize};

use crate::format::local_date;

/// The fewest digits that are searched in phones. Fewer would be found in nearly every phone.
const MIN_PHONE_DIGITS: usize = 3;

/// The kind of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A sale: a purchase by a client.
    Sale,
    /// A receipt: a purchase without a client.
    Receipt,
    /// A return of goods.
    Return,
}

/// An entry of this till's history. It is stored on the device in this form; amounts are dirams.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The till's own id of the document, a UUID.
    pub external_id: String,
    /// The kind of the document.
    pub kind: Kind,
    /// The moment when the cashier closed it, in milliseconds since 1970.
    pub at_ms: i64,
    /// The store's number of it; `None` while it is queued.
    pub number: Option<i64>,
    /// The client's phone, in E.164.
    pub phone: Option<String>,
    /// The client's name.
    pub name: Option<String>,
    /// The price of all goods. For a return: the goods that came back.
    pub total_dirams: i64,
    /// The part paid with bonuses. For a return: the bonuses given back.
    pub redeemed_dirams: i64,
    /// The bonuses accrued. For a return: the bonuses taken back.
    pub accrued_dirams: i64,
    /// The client's balance after it; `None` while it is queued.
    pub balance_dirams: Option<i64>,
    /// For a return: the money given out.
    pub cash_dirams: i64,
    /// For a return: the money withheld for bonuses already spent.
    pub settled_dirams: i64,
    /// For a return: the external id of the sale whose goods came back.
    pub return_of: Option<String>,
    /// The server's reason for refusing it. A refused document counts for nothing.
    #[serde(default)]
    pub problem: Option<String>,
    /// `true` if the cashier has seen the outcome. It is used only for outcomes that the cashier
    /// must act on: a refusal, and the money of a return.
    #[serde(default)]
    pub seen: bool,
    /// The external id of a refused document that this one replaces.
    #[serde(default)]
    pub instead_of: Option<String>,
    /// `true` for a receipt that was recorded by mistake and voided. It counts for nothing.
    #[serde(default)]
    pub voided: bool,
}

/// The time during which the server allows a receipt to be voided, in milliseconds.
const VOIDABLE_MS: i64 = VOIDABLE_SECONDS * 1_000;

impl Record {
    /// Returns whether it can be voided at `now_ms`.
    pub fn may_be_voided(&self, now_ms: i64) -> bool {
        self.kind == Kind::Receipt
            && self.number.is_some()
            && !self.voided
            && now_ms.saturating_sub(self.at_ms) < VOIDABLE_MS
    }

    /// Returns whether the server refused it and the cashier has not seen that yet.
    pub fn is_unseen(&self) -> bool {
        self.problem.is_some() && !self.seen
    }

    /// Returns whether it is a recorded return that the cashier has not seen yet. The client is
    /// waiting for the money, and only the server's answer contains the amount.
    pub fn is_owed(&self) -> bool {
        self.kind == Kind::Return && self.number.is_some() && !self.seen
    }
}

/// The sums of a shift.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Shift {
    /// The number of sales and receipts.
    pub receipts: u32,
    /// The total of the sales and receipts.
    pub total: Money,
    /// The part of the total paid with bonuses.
    pub redeemed: Money,
    /// The bonuses accrued.
    pub accrued: Money,
    /// The goods that came back, including goods sold in earlier shifts.
    pub returned: Money,
    /// The money received for the sales and receipts, less the money paid out for goods that came
    /// back.
    pub received: Money,
    /// The number of receipts.
    pub anonymous: u32,
    /// The share of receipts among all sales and receipts, in whole percents.
    pub anonymous_share_percent: u8,
}

/// Computes the sums of the records made at `since_ms` or later.
pub fn shift(records: &[Record], since_ms: i64) -> Shift {
    let of = |kind| {
        records.iter().filter(move |record| {
            let counts = record.problem.is_none() && !record.voided;
            record.at_ms >= since_ms && record.kind == kind && counts
        })
    };
    let checks = || of(Kind::Sale).chain(of(Kind::Receipt));
    let (anonymous, receipts) = (count(of(Kind::Receipt)), count(checks()));
    Shift {
        receipts,
        total: sum(checks().map(|check| check.total_dirams)),
        redeemed: sum(checks().map(|check| check.redeemed_dirams)),
        accrued: sum(checks().map(|check| check.accrued_dirams)),
        returned: sum(of(Kind::Return).map(|goods| goods.total_dirams)),
        received: sum(checks()
            .map(|check| check.total_dirams.saturating_sub(check.redeemed_dirams))
            .chain(of(Kind::Return).map(|goods| goods.cash_dirams.saturating_neg()))),
        anonymous,
        anonymous_share_percent: share_percent(anonymous, receipts),
    }
}

/// Returns the records that match `text`, newest first. The text may be digits of a phone, words of
/// a name, the amount (`150` finds 150,50 too; `150,5` finds only that), the number, or the day
/// (`26.11`, `26.11.2026`) on a clock `offset_minutes` east of UTC. An empty text matches all
/// records.
pub fn search<'a>(records: &'a [Record], text: &str, offset_minutes: i32) -> Vec<&'a Record> {
    let query = Query::new(text, offset_minutes);
    let mut found: Vec<&Record> = Vec::new();
    // The records are almost in order already. Inserting each at its place takes fewer steps than
    // sorting, and less code in the WebAssembly file.
    for record in records.iter().rev().filter(|record| query.means(record)) {
        let place = found.partition_point(|newer| newer.at_ms >= record.at_ms);
        found.insert(place, record);
    }
    found
}

/// Returns how much of a sale has come back at this till.
pub fn returned(journal: &[Record], external_id: &str) -> Money {
    journal
        .iter()
        .filter(|record| {
            record.kind == Kind::Return
                && record.number.is_some()
                && record.return_of.as_deref() == Some(external_id)
        })
        .map(|goods| Money::from_dirams(goods.total_dirams))
        .sum()
}

/// Returns the name under which this till last served the client with this phone. A client who was
/// named by a card is stored under the card, so the phone does not find that name.
pub fn name_of(journal: &[Record], phone: &str) -> Option<String> {
    let named = |record: &&Record| record.phone.as_deref() == Some(phone) && record.name.is_some();
    let last = journal
        .iter()
        .filter(named)
        .max_by_key(|record| record.at_ms);
    last.and_then(|record| record.name.clone())
}

/// A search text, read in every way it can be meant.
struct Query {
    words: Vec<String>,
    phone: Option<String>,
    number: Option<i64>,
    somoni: Option<i64>,
    exact: Option<Money>,
    /// The beginning of the date as [`local_date`] writes it.
    day: Option<String>,
    offset_minutes: i32,
}

impl Query {
    fn new(text: &str, offset_minutes: i32) -> Self {
        let bare: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '-' | '+'))
            .collect();
        // The digits of a card number must not match parts of phones.
        let is_card = matches!(
            Identifier::parse(text),
            Ok(Identifier::Card(_) | Identifier::Ean13(_))
        );
        let is_digits = !is_card && bare.bytes().all(|byte| byte.is_ascii_digit());
        let phone = bare.trim_start_matches("00");
        let somoni = bare.parse().ok();
        let number = bare.trim_start_matches(['№', '#']);
        Self {
            words: folded(text).split_whitespace().map(str::to_owned).collect(),
            phone: (is_digits && phone.len() >= MIN_PHONE_DIGITS).then(|| phone.to_owned()),
            number: number.parse().ok(),
            somoni,
            exact: match somoni {
                Some(_) => None,
                None => Money::parse(&bare.replace(',', ".")).ok(),
            },
            day: day(&bare),
            offset_minutes,
        }
    }

    fn means(&self, record: &Record) -> bool {
        let has = |whole: Option<&String>, part: Option<&String>| matches!((whole, part), (Some(whole), Some(part)) if whole.contains(part.as_str()));
        let named = || {
            let name = folded(record.name.as_deref().unwrap_or_default());
            self.words.iter().all(|word| name.contains(word.as_str()))
        };
        has(record.phone.as_ref(), self.phone.as_ref())
            || (self.number.is_some() && self.number == record.number)
            || self.somoni == Some(record.total_dirams / 100)
            || self.exact == Some(Money::from_dirams(record.total_dirams))
            || self
                .day
                .as_ref()
                .is_some_and(|day| local_date(record.at_ms, self.offset_minutes).starts_with(day))
            || named()
    }
}

/// Reads `5.6`, `05.06.26` and `5.6.2026`, and returns the beginning of the date as it is shown:
/// `05.06.`, `05.06.2026`.
fn day(text: &str) -> Option<String> {
    let mut parts = text.split(['.', '/']);
    let mut two_digits = || {
        let part = parts.next()?;
        let is_short = part.len() <= 2;
        let number = part.parse::<u8>().ok().filter(|_| is_short)?;
        Some(format!("{number:02}."))
    };
    let (day, month) = (two_digits()?, two_digits()?);
    let year = parts.next().unwrap_or_default();
    // `20` is the beginning of a whole year that is still being typed.
    let is_short = year.len() == 2 && year != "20";
    let century = if is_short { "20" } else { "" };
    Some([&*day, &*month, century, year].concat())
}

/// Converts to lower case and replaces `ё`, which is hardly ever typed, by `е`.
fn folded(text: &str) -> String {
    // Letter by letter, because `str::to_lowercase` also handles the Greek final sigma, and its
    // tables would make the program larger.
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == 'ё' { 'е' } else { letter })
        .collect()
}

/// Sums amounts. Data stored on a device may be damaged, so a sum out of range stops at the limit.
fn sum(dirams: impl Iterator<Item = i64>) -> Money {
    Money::from_dirams(dirams.fold(0, i64::saturating_add))
}

fn count<'a>(records: impl Iterator<Item = &'a Record>) -> u32 {
    u32::try_from(records.count()).unwrap_or(u32::MAX)
}

/// Computes a share in whole percents, rounded half up.
fn share_percent(part: u32, whole: u32) -> u8 {
    let (part, whole) = (u64::from(part), u64::from(whole));
    let percent = (200 * part + whole).checked_div(2 * whole);
    percent
        .and_then(|percent| u8::try_from(percent).ok())
        .unwrap_or(0)
}
