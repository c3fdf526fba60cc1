//! The account: balance with the QR, history and preferences.

use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::texts::{Texts, texts};
use super::{AFTER, HISTORY, HOME, NOT_ME, PREFERENCES, SIGN_OUT, page};
use crate::forms::{Choice, Control, FormState, fields, post_button, submit};
use crate::locales::Language;
use crate::ui::codes::{ean13, qr_of};
use crate::ui::format::{day, fill, moment, money, phone, signed};
use crate::ui::head::Weight;
use crate::ui::states::{Tone, state};

/// The page of the balance.
#[derive(Clone, Debug)]
pub struct Home {
    /// The current moment.
    pub now: Timestamp,
    /// The store's name.
    pub store: String,
    /// The client's phone in E.164, which is the text of the QR.
    pub phone: String,
    /// The name.
    pub name: Option<String>,
    /// The card and its barcode.
    pub card: (String, String),
    /// All bonuses.
    pub balance: Money,
    /// What can be spent now.
    pub available: Money,
    /// What waits for the end of the hold.
    pub held: Money,
    /// What ends when.
    pub expiring: Vec<Expiring>,
    /// The code for a friend.
    pub referral: String,
}

/// Bonuses that end on a day.
#[derive(Clone, Copy, Debug)]
pub struct Expiring {
    /// The moment when the first of them end.
    pub at: Timestamp,
    /// How many.
    pub amount: Money,
}

/// Renders the balance.
pub fn home(language: Language, home: &Home) -> String {
    let t = texts(language);
    let line = |label: &'static str, amount: Money| {
        (!amount.is_zero()).then(|| {
            view! {
                <div class="figure-row">
                    <dt>{label}</dt>
                    <dd class="num">{money(language, amount)}</dd>
                </div>
            }
        })
    };
    let expiring = home.expiring.iter().take(5).map(|expiring| {
        let last = Timestamp::from_micros(expiring.at.micros() - 1);
        let until = fill(t.until, &[&day(language, last, home.now)]);
        view! {
            <li>
                <b class="num">{money(language, expiring.amount)}</b>
                " "
                {until}
            </li>
        }
    });
    let expiring: Vec<_> = expiring.collect();
    let expiring = (!expiring.is_empty()).then(|| {
        view! {
            <section class="panel pad stack-tight">
                <h2>{t.expiring}</h2>
                <ul class="plain">{expiring}</ul>
            </section>
        }
    });
    let (card, barcode) = &home.card;
    let who = home.name.clone().unwrap_or_else(|| phone(&home.phone));
    let body = view! {
        <section class="panel pad stack">
            <h1>{home.store.clone()}</h1>
            <p class="note">{who}</p>
            <p>
                <span class="note">{t.balance}</span>
                <br />
                <b class="num balance-now">{money(language, home.balance)}</b>
            </p>
            <dl class="stack-tight">
                {line(t.available, home.available)} {line(t.held, home.held)}
            </dl>
        </section>
        <section class="panel pad stack center">
            <h2>{t.show}</h2>
            {qr_of(&home.phone, t.show)}
            <p class="num">{phone(&home.phone)}</p>
            <p class="note">{format!("{} {card}", t.card)}</p>
            {ean13(barcode)}
        </section>
        {expiring}
        <section class="panel pad stack-tight">
            <h2>{t.friend}</h2>
            <p>
                <b class="num">{home.referral.clone()}</b>
            </p>
            <p class="note">{t.friend_note}</p>
        </section>
        <nav class="actions">
            <a class="button button-quiet" href=HISTORY>
                {t.history}
            </a>
            <a class="button button-quiet" href=PREFERENCES>
                {t.settings}
            </a>
        </nav>
    };
    page(language, t.title, false, body.into_any())
}

/// What an event was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A purchase.
    Purchase,
    /// Bonuses were spent without a purchase yet.
    Redemption,
    /// Goods came back.
    Return,
    /// A purchase was undone.
    Void,
    /// A friend's purchase.
    Friend,
    /// The store changed the balance.
    ByHand,
    /// Two accounts became one.
    Merge,
    /// Bonuses without a purchase.
    Credit,
    /// Bonuses ended.
    Expiry,
}

/// An event of the history.
#[derive(Clone, Debug)]
pub struct Event {
    /// The moment.
    pub at: Timestamp,
    /// What it was.
    pub kind: EventKind,
    /// The sum of the check or of the goods.
    pub total: Option<Money>,
    /// The branch.
    pub place: Option<String>,
    /// The changes of the balance.
    pub changes: Vec<Change>,
    /// The balance after.
    pub after: Money,
}

/// A change of the balance: the word of the ledger and the amount.
#[derive(Clone, Debug)]
pub struct Change {
    /// The word of the ledger: `purchase`.
    pub kind: &'static str,
    /// The amount.
    pub amount: Money,
}

const fn kind_words(t: &Texts, kind: EventKind) -> &'static str {
    let [
        purchase,
        redemption,
        goods,
        void,
        friend,
        by_hand,
        merge,
        credit,
        expiry,
    ] = t.kinds;
    match kind {
        EventKind::Purchase => purchase,
        EventKind::Redemption => redemption,
        EventKind::Return => goods,
        EventKind::Void => void,
        EventKind::Friend => friend,
        EventKind::ByHand => by_hand,
        EventKind::Merge => merge,
        EventKind::Credit => credit,
        EventKind::Expiry => expiry,
    }
}

/// Renders a page of the history; `next` is the place after it.
pub fn history(language: Language, now: Timestamp, events: &[Event], next: Option<&str>) -> String {
    let t = texts(language);
    let item = |event: &Event| {
        let changes: Vec<_> = event
            .changes
            .iter()
            .map(|change| {
                let amount = signed(language, change.amount);
                view! { <li>{format!("{} {amount}", t.change(change.kind))}</li> }
            })
            .collect();
        let total = event
            .total
            .map(|total| format!(" {}", money(language, total)));
        let place = event.place.clone().map(|place| format!(" · {place}"));
        view! {
            <li class="pad stack-tight">
                <p>
                    <b>{kind_words(t, event.kind)} {total}</b>
                    {place}
                </p>
                <p class="note">{moment(language, event.at, now)}</p>
                <ul class="plain">{changes}</ul>
                <p>{format!("{}: {}", t.balance, money(language, event.after))}</p>
            </li>
        }
    };
    let list = if events.is_empty() {
        view! { <p class="panel pad">{t.empty}</p> }.into_any()
    } else {
        let items: Vec<_> = events.iter().map(item).collect();
        view! { <ul class="panel ruled-list">{items}</ul> }.into_any()
    };
    let more = next.map(|next| {
        let href = format!("{HISTORY}?{AFTER}={next}");
        view! {
            <a class="button button-quiet" href=href>
                {t.more}
            </a>
        }
    });
    let body = view! {
        <h1>{t.history}</h1>
        {list}
        <nav class="actions">
            {more}
            <a class="button button-quiet" href=HOME>
                {t.back}
            </a>
        </nav>
    };
    page(language, t.history, false, body.into_any())
}

fields! {
    /// What the client wants to hear of.
    PreferenceField = "preferences" {
        /// Receipts.
        Receipts = "receipts",
        /// Reminders.
        Reminders = "reminders",
        /// Offers.
        Offers = "offers",
        /// The tag of the language.
        Language = "language",
    }
}

/// Renders the preferences; `is_saved` after they were saved.
pub fn preferences(
    language: Language,
    form: &FormState<PreferenceField>,
    is_saved: bool,
) -> String {
    let t = texts(language);
    let control = |field, label| Control::new(form, language, field, label);
    let languages = Language::ALL
        .into_iter()
        .map(|language| Choice::new(language.tag(), language.own_name()))
        .collect();
    let saved = is_saved.then(|| view! { <p role="status">{state(Tone::Good, t.saved)}</p> });
    let body = view! {
        <h1>{t.settings}</h1>
        {saved}
        <form class="panel pad stack" method="post" action=PREFERENCES novalidate>
            {control(PreferenceField::Receipts, t.receipts).checkbox()}
            {control(PreferenceField::Reminders, t.reminders).checkbox()}
            {control(PreferenceField::Offers, t.offers).checkbox()}
            {control(PreferenceField::Language, t.language).radios("choices-row", languages)}
            <p>{submit(Weight::Main, t.save)}</p>
        </form>
        <section class="panel pad stack">
            <p class="note">{t.not_me_note}</p>
            <div class="actions">
                {post_button(Weight::Quiet, NOT_ME, t.not_me, &[])}
                {post_button(Weight::Quiet, SIGN_OUT, t.sign_out, &[])}
            </div>
        </section>
        <p>
            <a href=HOME>{t.back}</a>
        </p>
    };
    page(language, t.settings, false, body.into_any())
}
