//! Clients that a store brings along from another system: how the cells of their table are read,
//! and what a line of it changes.

mod cells;

pub use cells::{read_amount, read_card, read_name, read_phone};

use crate::identifier::CardNumber;
use crate::money::Money;
use crate::phone::Phone;

/// The most characters of a client's name.
pub const MAX_NAME: usize = 255;

/// A column of the table that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The phone; without it a line cannot be read.
    Phone,
    /// The name.
    Name,
    /// The bonuses to begin with.
    Balance,
    /// The money that the client has paid so far.
    Spent,
    /// The club card that the client has already.
    Card,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 5] = [
        Self::Phone,
        Self::Name,
        Self::Balance,
        Self::Spent,
        Self::Card,
    ];
}

/// A line that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The phone.
    pub phone: Phone,
    /// The name, if there is one.
    pub name: Option<String>,
    /// The bonuses to begin with.
    pub balance: Money,
    /// The money that the client has paid so far.
    pub spent: Money,
    /// The card, if there is one.
    pub card: Option<CardNumber>,
}

/// A reason why a line is left aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The phone is missing.
    NoPhone,
    /// A spreadsheet has rounded the digits: `9,92E+11`.
    Rounded(Column),
    /// The phone has this number of digits, and no country has such phones.
    PhoneLength(usize),
    /// The text is not a phone.
    NotAPhone,
    /// The name has more than [`MAX_NAME`] characters.
    NameTooLong,
    /// The text is not a number.
    NotANumber(Column),
    /// The number has the letter O for a zero; this is the amount that it was meant to be.
    LetterO(Column, Money),
    /// The number is below zero.
    Negative(Column),
    /// The number has more than two decimals.
    TooPrecise(Column),
    /// The number is too large.
    TooLarge(Column),
    /// The text is neither a card of this system nor its barcode.
    NotACard,
    /// The check digit of the card's barcode is wrong.
    WrongCheckDigit,
    /// An earlier line has the same phone.
    PhoneAgain(usize),
    /// An earlier line has the same card.
    CardAgain(usize),
    /// A quotation mark is opened and closed only this number of lines further on, or never.
    OpenQuote(usize),
    /// Another client has the card, or it was replaced.
    CardTaken,
    /// The client has another card.
    OtherCard(CardNumber),
    /// The client has got opening bonuses before; nobody gets them twice.
    OpeningBefore,
}

/// What the store knows about the client of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whether the client has a name.
    pub has_name: bool,
    /// Whether the client has ever got bonuses here.
    pub has_bonuses: bool,
    /// Whether the client has ever got opening bonuses.
    pub has_opening: bool,
    /// The client's card.
    pub card: CardNumber,
}

/// What a line changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It adds a client.
    New,
    /// The client is known already.
    Known {
        /// It stores the name, because the client has none.
        names: bool,
        /// The opening bonuses.
        opening: Opening,
    },
}

/// What becomes of the opening bonuses of a known client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// There are none.
    None,
    /// They are the client's first bonuses.
    First,
    /// The client has got bonuses here already. They are given only if a person says so, because a
    /// file that was exported from here would double what everybody has.
    OnTop,
}

/// Decides what a line changes. `is_card_taken` says whether its card belongs to another client or
/// was replaced.
///
/// # Errors
/// The [`Fault`] of a line that contradicts the store.
pub fn decide(line: &Line, known: Option<Known>, is_card_taken: bool) -> Result<Effect, Fault> {
    let Some(known) = known else {
        return if is_card_taken {
            Err(Fault::CardTaken)
        } else {
            Ok(Effect::New)
        };
    };
    if line.card.is_some_and(|card| card != known.card) {
        return Err(Fault::OtherCard(known.card));
    }
    let opening = match (line.balance.is_positive(), known) {
        (false, _) => Opening::None,
        (
            true,
            Known {
                has_opening: true, ..
            },
        ) => return Err(Fault::OpeningBefore),
        (
            true,
            Known {
                has_bonuses: true, ..
            },
        ) => Opening::OnTop,
        (true, _) => Opening::First,
    };
    Ok(Effect::Known {
        names: line.name.is_some() && !known.has_name,
        opening,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(phone: &str) -> Line {
        Line {
            phone: Phone::parse(phone).unwrap(),
            name: Some("Zebo".to_owned()),
            balance: Money::from_somoni(5),
            spent: Money::ZERO,
            card: None,
        }
    }

    #[test]
    fn nobody_gets_opening_bonuses_twice() {
        let card = CardNumber::parse("001-0000123").unwrap();
        let known = Known {
            has_name: false,
            has_bonuses: false,
            has_opening: false,
            card,
        };
        let line = line("901234567");
        assert_eq!(decide(&line, None, false), Ok(Effect::New));
        assert_eq!(decide(&line, None, true), Err(Fault::CardTaken));
        let given = |opening| Effect::Known {
            names: true,
            opening,
        };
        assert_eq!(decide(&line, Some(known), false), Ok(given(Opening::First)));
        let collects = Known {
            has_bonuses: true,
            ..known
        };
        assert_eq!(
            decide(&line, Some(collects), false),
            Ok(given(Opening::OnTop))
        );
        let before = Known {
            has_bonuses: true,
            has_opening: true,
            has_name: true,
            ..known
        };
        assert_eq!(
            decide(&line, Some(before), false),
            Err(Fault::OpeningBefore)
        );
        let nothing = Line {
            balance: Money::ZERO,
            ..line.clone()
        };
        let effect = Effect::Known {
            names: false,
            opening: Opening::None,
        };
        assert_eq!(decide(&nothing, Some(before), false), Ok(effect));
        let other = Line {
            card: CardNumber::parse("001-0000007"),
            ..line
        };
        assert_eq!(
            decide(&other, Some(known), true),
            Err(Fault::OtherCard(card))
        );
    }
}
