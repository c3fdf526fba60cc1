//! What a file would change in the store.

use std::collections::{HashMap, HashSet};

use domain::imports::{Effect, Fault, Known, Line, Opening, decide};
use domain::{CardNumber, Money};

use super::reading::{Numbered, Table};
use super::sql::KnownRow;
use crate::Error;

/// The sums of a plan. Two plans with equal sums of one file are the same to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The number of lines.
    pub lines: i64,
    /// The number of clients that are added.
    pub new: i64,
    /// The number of known clients who get a name or their first bonuses.
    pub changed: i64,
    /// The number of known clients who stay as they are.
    pub unchanged: i64,
    /// The opening bonuses that are given.
    pub opening: Money,
    /// The number of known clients who have got bonuses here already, and for whom the file has
    /// more. They are counted nowhere else.
    pub collecting: i64,
    /// These bonuses, which are given only if a person says so.
    pub on_top: Money,
    /// The money that the new clients have paid so far.
    pub spent: Money,
}

impl Totals {
    /// Returns the number of lines without a fault.
    pub const fn ready(&self) -> i64 {
        self.new + self.changed + self.unchanged + self.collecting
    }

    /// Returns the number of lines that are left aside.
    pub const fn faulty(&self) -> i64 {
        self.lines - self.ready()
    }
}

/// A known client who is changed.
pub(super) struct Change<'t> {
    pub(super) client: &'t KnownRow,
    pub(super) line: &'t Line,
    pub(super) names: bool,
    pub(super) opening: Opening,
}

/// What the lines of a file change.
pub(super) struct Plan<'t> {
    pub(super) totals: Totals,
    pub(super) new: Vec<&'t Line>,
    pub(super) changes: Vec<Change<'t>>,
    pub(super) faults: Vec<Numbered<Fault>>,
}

/// Compares the lines with the clients of the store by phone, and with its taken cards.
pub(super) fn plan<'t>(
    table: &'t Table,
    known: &'t HashMap<String, KnownRow>,
    taken: &HashSet<String>,
) -> Result<Plan<'t>, Error> {
    let mut plan = Plan {
        totals: Totals::default(),
        new: Vec::new(),
        changes: Vec::new(),
        faults: Vec::new(),
    };
    // Two phones may be one client's, who was merged from two.
    let mut seen: HashMap<i64, usize> = HashMap::new();
    for numbered in &table.lines {
        plan.totals.lines += 1;
        let effect = match &numbered.line {
            Ok(line) => {
                let client = known.get(line.phone.as_str());
                let earlier = client.and_then(|client| seen.insert(client.id, numbered.number));
                let is_taken = line
                    .card
                    .is_some_and(|card| taken.contains(&card.to_string()));
                let state = client.map(state).transpose()?;
                match earlier {
                    Some(earlier) => Err(Fault::PhoneAgain(earlier)),
                    None => decide(line, state, is_taken).map(|effect| (effect, line, client)),
                }
            }
            Err(fault) => Err(fault.clone()),
        };
        match effect {
            Ok((effect, line, client)) => plan.add(effect, line, client),
            Err(fault) => plan.faults.push(Numbered {
                number: numbered.number,
                text: numbered.text.clone(),
                line: fault,
            }),
        }
    }
    Ok(plan)
}

fn state(row: &KnownRow) -> Result<Known, Error> {
    Ok(Known {
        has_name: row.has_name,
        has_bonuses: row.last_seq > 0,
        has_opening: row.has_opening,
        card: CardNumber::parse(&row.card_number)
            .ok_or_else(|| Error::corrupt("clients.card_number", &row.card_number))?,
    })
}

impl<'t> Plan<'t> {
    fn add(&mut self, effect: Effect, line: &'t Line, client: Option<&'t KnownRow>) {
        match (effect, client) {
            (
                Effect::Known {
                    names: false,
                    opening: Opening::None,
                },
                _,
            ) => self.totals.unchanged += 1,
            (Effect::Known { names, opening }, Some(client)) => {
                match opening {
                    Opening::OnTop => {
                        self.totals.collecting += 1;
                        self.totals.on_top += line.balance;
                    }
                    Opening::First => {
                        self.totals.changed += 1;
                        self.totals.opening += line.balance;
                    }
                    Opening::None => self.totals.changed += 1,
                }
                self.changes.push(Change {
                    client,
                    line,
                    names,
                    opening,
                });
            }
            (Effect::New | Effect::Known { .. }, _) => {
                self.totals.new += 1;
                self.totals.opening += line.balance;
                self.totals.spent += line.spent;
                self.new.push(line);
            }
        }
    }

    /// Decides about the bonuses that would come on top of those collected here. Afterwards the
    /// totals say what is done.
    pub(super) fn decide_on_top(&mut self, gives: bool) {
        for change in &mut self.changes {
            if change.opening == Opening::OnTop {
                change.opening = if gives { Opening::First } else { Opening::None };
                self.totals.collecting -= 1;
                if gives || change.names {
                    self.totals.changed += 1;
                } else {
                    self.totals.unchanged += 1;
                }
            }
        }
        if gives {
            self.totals.opening += self.totals.on_top;
        }
        self.totals.on_top = Money::ZERO;
    }
}
