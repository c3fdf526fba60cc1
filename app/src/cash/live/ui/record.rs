//! An entry of the history in words.

use domain::Money;
use leptos::prelude::*;
use till::format;
use till::journal::{Kind, Record};

use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;

/// Returns the date and time of an entry, and its number if it has one.
pub fn when(till: Till, record: &Record) -> String {
    let date = format::local_date(record.at_ms, page::local_offset_minutes());
    [&date, " ", &time(till, record)].concat()
}

/// Returns the time of an entry, and its number if it has one.
pub fn time(till: Till, record: &Record) -> String {
    let time = format::local_time(record.at_ms, page::local_offset_minutes());
    match record.number {
        Some(number) => format!("{time} · {}{number}", till.texts.history.number),
        None => time,
    }
}

/// Renders the bonuses that a sale gave and took: «начислено 17,50 · списано 20,00».
pub fn moved(till: Till, record: &Record) -> impl IntoView + use<> {
    let texts = &till.texts.history;
    let bonuses = |words: &str, dirams: i64| {
        let moves = record.kind != Kind::Return && dirams > 0;
        moves.then(|| [words, " ", &format::money(Money::from_dirams(dirams))].concat())
    };
    let moved = [
        bonuses(texts.accrued, record.accrued_dirams),
        bonuses(texts.redeemed, record.redeemed_dirams),
    ];
    let moved: Vec<_> = moved.into_iter().flatten().collect();
    (!moved.is_empty()).then(|| view! { <p class="note record-moved">{moved.join(" · ")}</p> })
}

/// Returns the name of the client and their phone. Without a name the phone is used as the name.
pub fn who(till: Till, record: &Record) -> (String, Option<String>) {
    let phone = record.phone.as_deref().map(format::phone);
    match (record.name.clone(), phone) {
        (Some(name), phone) => (name, phone),
        (None, Some(phone)) => (phone, None),
        (None, None) => (till.texts.history.without_client.to_owned(), None),
    }
}
