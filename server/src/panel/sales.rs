//! «Продажи»: the list of documents, its files, and the page of each document.

use app::forms::{FormState, Problem};
use app::panel::sales::{
    AFTER, Document, Fate, GIVEN, Kind, Sales, SalesField, SalesTotals, Show, TAKEN, html, sheet,
};
use app::panel::urls::Url;
use app::ui::sheet::MAX_ROWS;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::documents::{self, Bonuses, Filter, Kinds, Place};
use backend::reports;
use domain::{Money, Timestamp};

use super::answer::{Failed, page};
use super::export::{self, READ_ROWS};
use super::form::status_of;
use super::session::SignedIn;
use crate::app_state::App;

/// The largest amount of the filter.
const MOST: Money = Money::from_dirams(99_999_999_999_999);

/// Shows a page of documents, the newest first, or sends those of all pages as a file. Eleven
/// statements at most; one for a file.
pub(super) async fn show_sales(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let now = backend.clock.now();
    let mut form = read(&query, now);
    let limits = Limits::read(&mut form);
    let after = query.iter().find(|(name, _)| name == AFTER);
    let after = after.and_then(|(_, value)| place(value));
    let filter = Filter {
        after,
        ..limits.filter(&form)
    };
    if let Some(format) = export::asked(&query).filter(|_| !form.is_wrong()) {
        let filter = Filter {
            after: None,
            ..filter
        };
        let language = person.language(&headers);
        let found = documents::first(backend, tenant_id, &filter, READ_ROWS).await?;
        let sheet = move || {
            let rows: Vec<Document> = found.into_iter().map(document).collect();
            sheet(language, &rows)
        };
        return export::file(&app, &person, format, sheet).await;
    }
    // No rows are better than rows that were not asked for.
    let (found, totals) = if form.is_wrong() {
        (None, Some(documents::Totals::default()))
    } else {
        let found = documents::list(backend, tenant_id, &filter).await?;
        let totals = documents::totals(backend, tenant_id, &filter).await?;
        (Some(found), totals)
    };
    let next = found.as_ref().and_then(|found| found.next);
    let searched_until = found.as_ref().and_then(|found| found.searched_until);
    let is_too_long = totals.is_some_and(|totals| {
        usize::try_from(totals.documents).is_ok_and(|documents| documents > MAX_ROWS)
    });
    let rows: Vec<Document> = found
        .into_iter()
        .flat_map(|found| found.documents)
        .map(document)
        .collect();
    let branches = reports::tills(backend, tenant_id, now).await?;
    let asked_client = filter.client_id.is_some();
    let client = rows.first().and_then(|row| row.client.clone());
    let list = Sales {
        now,
        tills: branches
            .iter()
            .flat_map(|branch| {
                let name = |till: &str| format!("{}, {till}", branch.name);
                branch
                    .tills
                    .iter()
                    .map(move |till| (till.id, name(&till.name)))
            })
            .collect(),
        branches: branches
            .iter()
            .map(|branch| (branch.id, branch.name.clone()))
            .collect(),
        client: client
            .filter(|_| asked_client)
            .map(|(_, name, phone)| name.unwrap_or(phone)),
        totals: totals.map(|totals| SalesTotals {
            purchases: totals.purchases,
            sold: totals.sold,
            returns: totals.returns,
            returned: totals.returned,
            accrued: totals.accrued,
            redeemed: totals.redeemed,
        }),
        is_too_long,
        searched_until,
        rows,
        next: next.map(|place| format!("{}.{}.{}", place.at.micros(), place.source, place.id)),
        is_continued: after.is_some(),
        filter: form,
    };
    let status = status_of(&list.filter);
    Ok(page(status, html(&person.chrome(&headers), &list)))
}

/// Reads the filter. Without a period, a client and a number it is the current day.
fn read(query: &[(String, String)], now: Timestamp) -> FormState<SalesField> {
    let pairs = query.iter();
    let mut form: FormState<SalesField> =
        FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
    let wide = ["from", "to", "client", "number", "days"];
    if !query.iter().any(|(name, _)| wide.contains(&name.as_str())) {
        let today = now.local_date();
        form.set(SalesField::From, today.clone());
        form.set(SalesField::To, today);
    }
    form
}

/// Reads a place in the list from the query.
fn place(text: &str) -> Option<Place> {
    let mut parts = text.splitn(3, '.').map(str::parse);
    let mut next = || parts.next()?.ok();
    Some(Place {
        at: Timestamp::from_micros(next()?),
        source: next()?,
        id: next()?,
    })
}

/// The limits of the filter that may be wrong.
struct Limits {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    least: Option<Money>,
    most: Option<Money>,
}

impl Limits {
    /// Reads the days and amounts. Those that cannot be read become problems of their fields.
    fn read(form: &mut FormState<SalesField>) -> Self {
        let mut day = |field| {
            let text = form.value(field).to_owned();
            let day = Timestamp::parse_local_day(&text);
            if day.is_err() && !text.is_empty() {
                form.wrong(field, Problem::NotADay);
            }
            day.ok()
        };
        let (from, to) = (day(SalesField::From), day(SalesField::To));
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            form.wrong(SalesField::From, Problem::DaysReversed);
        }
        let mut amount = |field| {
            let is_given = !form.value(field).is_empty();
            form.read_money(field, MOST).filter(|_| is_given)
        };
        let (least, most) = (amount(SalesField::Least), amount(SalesField::Most));
        if least.zip(most).is_some_and(|(least, most)| least > most) {
            form.wrong(SalesField::Least, Problem::AmountsReversed);
        }
        Self {
            from,
            until: to.map(|day| day.plus_days(1)),
            least,
            most,
        }
    }

    /// Returns the filter with these limits. What the query names wrongly does not limit the list.
    fn filter<'a>(&self, form: &'a FormState<SalesField>) -> Filter<'a> {
        let number = |field| form.value(field).parse().ok();
        let kinds = match Show::parse(form.value(SalesField::Kind)).unwrap_or_default() {
            Show::All => Kinds::All,
            Show::Purchases => Kinds::Purchases,
            Show::Sales => Kinds::Sales,
            Show::Receipts => Kinds::Receipts,
            Show::Returns => Kinds::Returns,
            Show::Redemptions => Kinds::Redemptions,
        };
        Filter {
            after: None,
            from: self.from,
            until: self.until,
            kinds,
            bonuses: match form.value(SalesField::Bonus) {
                GIVEN => Bonuses::Given,
                TAKEN => Bonuses::Taken,
                _ => Bonuses::Any,
            },
            branch_id: number(SalesField::Branch),
            till_id: number(SalesField::Till),
            client_id: number(SalesField::Client),
            cashier: form.value(SalesField::Cashier),
            number: form.value(SalesField::Number),
            least: self.least,
            most: self.most,
        }
    }
}

/// Returns the row of a document.
fn document(found: documents::Document) -> Document {
    let (kind, href) = match (found.kind, found.returned_sale) {
        (documents::Kind::Sale, _) => (Kind::Sale, Url::Sale(found.id).to_string()),
        (documents::Kind::Redemption, _) => (Kind::Redemption, Url::Sale(found.id).to_string()),
        (documents::Kind::Return, Some(sale)) => {
            let place = format!("{}#return-{}", Url::Sale(sale), found.id);
            (Kind::Return, place)
        }
        (documents::Kind::Return, None) => (Kind::Return, Url::Return(found.id).to_string()),
        (documents::Kind::Receipt, _) => (Kind::Receipt, Url::Receipt(found.id).to_string()),
    };
    Document {
        kind,
        href,
        at: found.at,
        number: found.number,
        branch: found.branch,
        till: found.till,
        cashier: found.cashier,
        client: found.client,
        total: found.total,
        accrued: found.accrued,
        redeemed: found.redeemed,
        fate: match found.fate {
            documents::Fate::Valid => Fate::Valid,
            documents::Fate::AllReturned => Fate::AllReturned,
            documents::Fate::Void => Fate::Void,
        },
    }
}
