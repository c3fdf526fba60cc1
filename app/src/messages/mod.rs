//! The messages to clients, in their language: the same words for the dispatcher that sends them
//! and for the panel that shows how they look.
//!
//! A message is at most 300 characters. It begins with the store's name, says what changed, then
//! the balance, and what of it can be spent now if that is less.

mod texts;

use domain::{Money, Timestamp};

use crate::locales::Language;
use crate::ui::format::{NBSP, day, fill, money, phone};
use texts::Texts;

/// The most characters of an SMS that is one paid part, if it is not written in Latin letters.
const SMS_PART: usize = 70;
/// The most characters of a store's name.
const LONGEST_NAME: usize = 60;

/// What a message is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A purchase, or bonuses spent on one.
    Sale {
        /// The sum of the check.
        total: Money,
        /// The bonuses given.
        accrued: Money,
        /// The bonuses spent.
        redeemed: Money,
    },
    /// Goods were returned.
    Return {
        /// Their price.
        amount: Money,
        /// The bonuses taken back.
        revoked: Money,
        /// The bonuses given back.
        restored: Money,
    },
    /// A purchase was undone.
    Voided {
        /// The bonuses taken back.
        revoked: Money,
        /// The bonuses given back.
        restored: Money,
    },
    /// The client has joined.
    Welcome {
        /// The bonuses for joining.
        bonus: Money,
    },
    /// A friend made the first purchase.
    Referral {
        /// The bonuses for it.
        bonus: Money,
    },
    /// A person changed the balance by hand: more or less.
    Adjusted {
        /// The difference.
        change: Money,
    },
    /// The client has another phone.
    PhoneChanged {
        /// The former phone, in E.164.
        old: String,
        /// The new phone, in E.164.
        new: String,
    },
    /// Bonuses will end.
    Expiring {
        /// How many.
        bonus: Money,
        /// The moment when the first of them end.
        at: Timestamp,
    },
}

/// The store that sends a message and the client's balance at that moment.
#[derive(Clone, Debug)]
pub struct About {
    /// The store's name.
    pub store: String,
    /// Where it happened.
    pub place: Option<String>,
    /// All bonuses of the client.
    pub balance: Money,
    /// Those that can be spent now.
    pub available: Money,
    /// The moment at which it is sent.
    pub now: Timestamp,
}

/// A message of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// The store.
    pub title: String,
    /// What happened, and the balance.
    pub body: String,
}

/// Returns a message as a bot sends it.
pub fn chat(language: Language, message: &Message, about: &About) -> String {
    let store = cut(&about.store, LONGEST_NAME);
    let head = match about.place.as_deref().filter(|place| !place.is_empty()) {
        Some(place) => format!("{store}, {}", cut(place, LONGEST_NAME)),
        None => store,
    };
    format!("{head}\n{}", body(language, message, about))
}

/// Returns a message as the app shows it.
pub fn push(language: Language, message: &Message, about: &About) -> Push {
    Push {
        title: cut(&about.store, LONGEST_NAME),
        body: body(language, message, about),
    }
}

/// Returns a message as an SMS; `None` for one that never goes by SMS. It is one paid part if the
/// store's name leaves room for it.
pub fn sms(language: Language, message: &Message, about: &About) -> Option<String> {
    let texts = Texts::of(language);
    let (sentence, values) = match message {
        Message::Expiring { bonus, at } => {
            let date = at.local_date();
            let mut parts = date.splitn(3, '-');
            let (_, month, day) = (parts.next(), parts.next(), parts.next());
            let short = format!("{}.{}", day.unwrap_or_default(), month.unwrap_or_default());
            (texts.sms_expiring, vec![money(language, *bonus), short])
        }
        Message::PhoneChanged { new, .. } => (texts.sms_phone, vec![ending(new)]),
        _ => return None,
    };
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    // Ordinary spaces: a no-break space is none of the letters that a phone without them shows.
    let rest = fill(sentence, &values).replace(NBSP, " ");
    let room = SMS_PART.saturating_sub(rest.chars().count() + 4).max(10);
    Some(format!("«{}»: {rest}", cut(&about.store, room)))
}

/// Returns the last local day on which bonuses that end at `at` can be spent.
fn last_day(language: Language, at: Timestamp, now: Timestamp) -> String {
    day(language, Timestamp::from_micros(at.micros() - 1), now)
}

/// Returns the last four digits of a phone: the whole number is not shown to whoever has the other
/// one.
fn ending(e164: &str) -> String {
    let shown = phone(e164);
    let digits: Vec<char> = shown.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().saturating_sub(4);
    digits.get(last..).unwrap_or_default().iter().collect()
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn body(language: Language, message: &Message, about: &About) -> String {
    let texts = Texts::of(language);
    let sum = |amount: Money| money(language, amount);
    let said = |sentence: &str, amount: Money| fill(sentence, &[&sum(amount)]);
    let mut lines = Vec::new();
    // What was taken first, then what was given; nothing is said of zero.
    let changes = |taken: (&'static str, Money), given: (&'static str, Money)| {
        let parts = [taken, given].into_iter();
        let parts = parts.filter(|(_, amount)| !amount.is_zero());
        let parts: Vec<String> = parts.map(|(words, amount)| said(words, amount)).collect();
        (!parts.is_empty()).then(|| capitalized(&parts.join(" · ")))
    };
    match message {
        Message::Sale {
            total,
            accrued,
            redeemed,
        } => {
            lines.push(said(texts.sale, *total));
            lines.extend(changes(
                (texts.redeemed, *redeemed),
                (texts.accrued, *accrued),
            ));
        }
        Message::Return {
            amount,
            revoked,
            restored,
        } => {
            lines.push(said(texts.returned, *amount));
            lines.extend(changes(
                (texts.revoked, *revoked),
                (texts.restored, *restored),
            ));
        }
        Message::Voided { revoked, restored } => {
            lines.push(texts.voided.to_owned());
            lines.extend(changes(
                (texts.revoked, *revoked),
                (texts.restored, *restored),
            ));
        }
        Message::Welcome { bonus } => {
            lines.push(texts.welcome.to_owned());
            if !bonus.is_zero() {
                lines.push(said(texts.welcome_bonus, *bonus));
            }
        }
        Message::Referral { bonus } => lines.push(said(texts.referral, *bonus)),
        Message::Adjusted { change } => {
            let words = if change.is_positive() {
                texts.given
            } else {
                texts.taken
            };
            let amount = Money::from_dirams(change.dirams().saturating_abs());
            lines.push(said(words, amount));
        }
        Message::PhoneChanged { old, new } => {
            lines.push(fill(texts.phone, &[&ending(old), &ending(new)]));
            lines.push(texts.phone_frozen.to_owned());
            return lines.join("\n");
        }
        Message::Expiring { bonus, at } => {
            let day = last_day(language, *at, about.now);
            lines.push(fill(texts.expiring, &[&sum(*bonus), &day]));
        }
    }
    let (balance, available) = (about.balance, about.available);
    lines.push(if available < balance {
        fill(texts.balance_part, &[&sum(balance), &sum(available)])
    } else {
        said(texts.balance, balance)
    });
    lines.join("\n")
}

fn capitalized(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}

#[cfg(test)]
mod tests;
