//! The form that gives a client another card.

use domain::{CardNumber, FieldError};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::texts;
use super::urls::Url;
use crate::forms::{Control, FormState, Problem, fields, hidden, submit, summary};
use crate::locales::Language;
use crate::ui::format::fill;
use crate::ui::head::{Head, Weight, button_link};

fields! {
    /// The fields of the form.
    GiveField = "give" {
        /// The number or barcode of the card.
        Card = "card",
    }
}

/// The name of the hidden field that asks for a new number in place of a printed card.
pub const NEXT: &str = "next";

/// The page.
#[derive(Clone, Debug)]
pub struct GiveCard {
    /// The number of the client.
    pub id: i64,
    /// The name of the client, or the phone.
    pub name: String,
    /// The present card.
    pub card: CardNumber,
    /// The form.
    pub form: FormState<GiveField>,
}

/// Returns the problem of a card that cannot be given.
pub fn problem(language: Language, error: FieldError) -> Problem {
    let t = &texts(language).cards;
    let words = match error {
        FieldError::WrongCheckDigit => t.wrong_digit,
        FieldError::UnknownCard => t.unknown,
        FieldError::CardTaken => t.taken,
        _ => t.not_a_card,
    };
    Problem::Other(words.to_owned())
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &GiveCard) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.cards;
    let mut head = Head::new(t.give);
    head.crumbs = vec![
        crumb(Section::Clients, all),
        (page.name.clone(), Url::Client(page.id).to_string()),
    ];
    let label = |GiveField::Card| t.give_number.to_owned();
    let control = Control::new(&page.form, language, GiveField::Card, t.give_number);
    let action = Url::GiveCard(page.id).to_string();
    let body = view! {
        <div class="narrow columns">
            {summary(&page.form, language, t.not_given, label)}
            <div class="panel">
                <form class="stack" method="post" action=action.clone() novalidate>
                    <div class="pad stack">
                        <p>{fill(t.give_note, &[&page.card.to_string()])}</p>
                        {control.hint(t.give_hint).autocomplete("off").text()}
                        <div class="actions">{submit(Weight::Main, t.give_button)}</div>
                    </div>
                </form>
                <div class="pad ruled actions">
                    <form method="post" action=action>
                        {hidden(NEXT, "1")}
                        {submit(Weight::Quiet, t.give_next)}
                    </form>
                    {button_link(Weight::Quiet, Url::ClientCard(page.id), t.client_card)}
                </div>
            </div>
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    })
}
