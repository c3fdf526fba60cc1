//! Reserved cards, and cards to print.

use app::forms::{FormState, Problem};
use app::panel::card_print::{AFTER, CardSheets, ClientCard, client_html, sheets_html};
use app::panel::cards::{Batch, Cards, ReserveField, html, sheet};
use app::panel::give_card::{self, GiveCard, GiveField, NEXT};
use app::panel::notices::Done;
use app::panel::urls::Url;
use app::ui::sheet::Format;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::cards::{self, GiveError, MAX_BATCH, Reserve, ReserveError};
use domain::{CardNumber, Role};

use super::answer::{Failed, done, page};
use super::export;
use super::form::{MAX_NAME, SentBy, status_of};
use super::session::SignedIn;
use crate::app_state::App;

/// The cards of one page of sheets: twelve sheets of A4.
const PRINTED: usize = 96;

/// Shows the reserved cards.
pub(super) async fn show_cards(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    list(&app, &headers, &person, FormState::new()).await
}

/// Two statements.
async fn list(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    form: FormState<ReserveField>,
) -> Result<Response, Failed> {
    let tenant_id = person.session.tenant_id;
    let batches = cards::batches(&app.backend, tenant_id).await?;
    let batch = |batch: cards::Batch| Batch {
        id: batch.id,
        cards: batch.cards,
        free: batch.free,
        note: batch.note,
        who: batch.who,
        at: batch.created_at,
    };
    let status = status_of(&form);
    let shown = Cards {
        now: app.backend.clock.now(),
        free: cards::free_cards(&app.backend, tenant_id).await?,
        batches: batches.into_iter().map(batch).collect(),
        form: (person.session.role == Role::Owner).then_some(form),
    };
    Ok(page(status, html(&person.chrome(headers), &shown)))
}

/// Reserves cards.
pub(super) async fn reserve(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let mut form: FormState<ReserveField> = pairs.form();
    let count = form.read_number(ReserveField::Count, MAX_BATCH);
    if count == Some(0) {
        form.wrong(ReserveField::Count, Problem::Empty);
    }
    form.read_text(ReserveField::Note, MAX_NAME);
    if let Some(count) = count.filter(|_| !form.is_wrong()) {
        let command = Reserve {
            actor: &person.actor(),
            secrets: &app.backend.secrets,
            count,
            note: form.value(ReserveField::Note),
        };
        match app.backend.run(&command).await? {
            Ok(_) => return Ok(done(&headers, Url::Cards, Done::CardsReserved)),
            Err(ReserveError::Count) => {
                form.wrong(ReserveField::Count, Problem::Above(MAX_BATCH));
            }
            Err(ReserveError::TooManyFree) => {
                let language = person.language(&headers);
                let problem = app::panel::cards::too_many_free(language);
                form.wrong(ReserveField::Count, problem);
            }
        }
    }
    list(&app, &headers, &person, form).await
}

/// Sends the cards of a batch as a file. Two statements.
pub(super) async fn download_batch(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let tenant_id = person.session.tenant_id;
    let batch = cards::batch(&app.backend, tenant_id, id).await?;
    batch.ok_or(Failed::NotFound)?;
    let numbers = cards::cards_of_batch(&app.backend, tenant_id, id).await?;
    let format = export::asked(&query).unwrap_or(Format::Xlsx);
    let language = person.language(&headers);
    export::file(&app, &person, format, move || sheet(language, id, &numbers)).await
}

/// Shows the cards of a batch that nobody has, as sheets to print. Two statements.
pub(super) async fn show_sheets(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let tenant_id = person.session.tenant_id;
    let batch = cards::batch(&app.backend, tenant_id, id).await?;
    batch.ok_or(Failed::NotFound)?;
    let after = query.iter().find(|(name, _)| name == AFTER);
    let after = after.map_or("", |(_, card)| card.as_str());
    let mut free = cards::free_of_batch(&app.backend, tenant_id, id, after, PRINTED + 1).await?;
    let has_more = free.len() > PRINTED;
    free.truncate(PRINTED);
    let sheets = CardSheets {
        id,
        next: free.last().copied().filter(|_| has_more),
        cards: free,
        is_continued: !after.is_empty(),
    };
    let html = sheets_html(&person.chrome(&headers), &sheets);
    Ok(page(StatusCode::OK, html))
}

/// Shows the card of a client to print. One statement.
pub(super) async fn show_client_card(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let (name, card) = find(&app, &person, id).await?;
    let client = ClientCard { id, name, card };
    let html = client_html(&person.chrome(&headers), &client);
    Ok(page(StatusCode::OK, html))
}

async fn find(app: &App, person: &SignedIn, id: i64) -> Result<(String, CardNumber), Failed> {
    let found = cards::of_client(&app.backend, person.session.tenant_id, id).await?;
    found.ok_or(Failed::NotFound)
}

/// Shows the form that gives a client another card. One statement.
pub(super) async fn ask_give(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    give_page(&app, &headers, &person, id, FormState::new()).await
}

async fn give_page(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    id: i64,
    form: FormState<GiveField>,
) -> Result<Response, Failed> {
    let (name, card) = find(app, person, id).await?;
    let status = status_of(&form);
    let shown = GiveCard {
        id,
        name,
        card,
        form,
    };
    Ok(page(
        status,
        give_card::html(&person.chrome(headers), &shown),
    ))
}

/// Gives a client another card.
pub(super) async fn give(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let language = person.language(&headers);
    let mut form: FormState<GiveField> = pairs.form();
    if form.is_wrong() {
        return give_page(&app, &headers, &person, id, form).await;
    }
    let card = if pairs.value(NEXT).is_some() {
        Ok(None)
    } else {
        CardNumber::read(form.value(GiveField::Card)).map(Some)
    };
    let given = match card {
        Ok(card) => {
            let command = cards::GiveCard {
                actor: &person.actor(),
                secrets: &app.backend.secrets,
                client_id: id,
                card,
            };
            app.backend.run(&command).await?.map(drop)
        }
        Err(error) => Err(GiveError::Card(error)),
    };
    match given {
        Ok(()) => Ok(done(&headers, Url::ClientCard(id), Done::CardGiven)),
        Err(GiveError::NoClient) => Err(Failed::NotFound),
        Err(GiveError::Card(error)) => {
            form.wrong(GiveField::Card, give_card::problem(language, error));
            give_page(&app, &headers, &person, id, form).await
        }
    }
}
