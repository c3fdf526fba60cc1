//! What people do to a client: changes by hand, blocks, a new phone, and erasure.

use app::forms::{FormState, Problem};
use app::panel::client_erase::{self, ClientErase};
use app::panel::client_forms::{AdjustField, BlockField};
use app::panel::client_phone::{self, ClientPhone, PhoneField};
use app::panel::notices::Done;
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::clients::{Adjust, Adjusted, Block, ChangePhone, ClientPage, Erase, PhoneChanged};
use backend::{programme, secrets};
use domain::by_hand::{self, Direction, NotAllowed};
use domain::{Money, Phone, Role};

use super::answer::{Failed, done, page, see_other};
use super::client::{Forms, find, shown};
use super::form::{SentBy, status_of};
use super::session::SignedIn;
use crate::app_state::App;

/// The most of one act; more is a slip of the hand.
const MAX_AMOUNT: Money = Money::from_somoni(1_000_000);
/// The most characters of a reason.
const MAX_REASON: usize = 500;
/// The most characters of the text that makes a repeated form harmless.
const MAX_ONCE: usize = 64;

/// Gives bonuses to a client by hand, or takes them.
pub(super) async fn adjust(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let mut form: FormState<AdjustField> = pairs.form();
    let direction = Direction::parse(form.value(AdjustField::Direction));
    if direction.is_none() {
        form.wrong(AdjustField::Direction, Problem::Unknown);
    }
    let amount = form.read_money(AdjustField::Amount, MAX_AMOUNT);
    let reason = form.read_required(AdjustField::Reason, MAX_REASON);
    let once = form.value(AdjustField::Once).to_owned();
    if once.is_empty() || once.len() > MAX_ONCE {
        form.refused(Problem::Changed);
    }
    if let (Some(direction), Some(amount), Some(reason), false) =
        (direction, amount, reason, form.is_wrong())
    {
        let is_power = person.session.role == Role::Owner && amount > by_hand::MANAGER_ACT;
        if is_power
            && let Some(asked) = person
                .password_again(&app, &headers, &pairs, &Url::Client(id))
                .await?
        {
            return Ok(asked);
        }
        let programme = programme::of_store(&app.backend, person.session.tenant_id).await?;
        let command = Adjust {
            actor: &person.actor(),
            role: person.session.role,
            programme: &programme,
            client_id: id,
            direction,
            amount,
            reason: &reason,
            once: &once,
        };
        match app.backend.run(&command).await? {
            Adjusted::Done => return Ok(done(&headers, Url::Client(id), Done::ClientAdjusted)),
            Adjusted::NotFound => return Err(Failed::NotFound),
            Adjusted::NotAllowed(reason) => form.wrong(AdjustField::Amount, problem(reason)),
            Adjusted::FormUsed => {
                form.refused(Problem::Changed);
                form.set(AdjustField::Once, secrets::random_token()?);
            }
        }
    }
    let forms = Forms {
        adjust: form,
        ..Forms::default()
    };
    shown(&app, &headers, &person, id, None, forms).await
}

fn problem(reason: NotAllowed) -> Problem {
    match reason {
        NotAllowed::NotPositive => Problem::NotPositive,
        NotAllowed::AboveAct(limit)
        | NotAllowed::AboveDay(limit)
        | NotAllowed::AboveBalance(limit) => Problem::AboveAmount(limit),
    }
}

/// Blocks a client.
pub(super) async fn block(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let mut form: FormState<BlockField> = pairs.form();
    let reason = form.read_required(BlockField::Reason, MAX_REASON);
    let Some(reason) = reason.filter(|_| !form.is_wrong()) else {
        let forms = Forms {
            block: form,
            ..Forms::default()
        };
        return shown(&app, &headers, &person, id, None, forms).await;
    };
    set_block(&app, &headers, &person, id, Some(&reason)).await
}

/// Ends the block of a client.
pub(super) async fn unblock(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    set_block(&app, &headers, &person, id, None).await
}

async fn set_block(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    id: i64,
    reason: Option<&str>,
) -> Result<Response, Failed> {
    let command = Block {
        actor: &person.actor(),
        client_id: id,
        reason,
    };
    if !app.backend.run(&command).await? {
        return Err(Failed::NotFound);
    }
    let notice = match reason {
        Some(_) => Done::ClientBlocked,
        None => Done::ClientUnblocked,
    };
    Ok(done(headers, Url::Client(id), notice))
}

/// Finds a client who was neither merged nor erased, and the phone.
pub(super) async fn find_living(
    app: &App,
    person: &SignedIn,
    id: i64,
) -> Result<(ClientPage, String), Failed> {
    let client = find(app, person, id).await?;
    match client.phone.clone() {
        Some(phone) if client.merged_into.is_none() => Ok((client, phone)),
        _ => Err(Failed::NotFound),
    }
}

/// Shows the form of a new phone.
pub(super) async fn show_phone(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    phone_form(&app, &headers, &person, id, FormState::new(), None).await
}

async fn phone_form(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    id: i64,
    form: FormState<PhoneField>,
    taken_by: Option<i64>,
) -> Result<Response, Failed> {
    let (client, phone) = find_living(app, person, id).await?;
    let status = match taken_by {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => status_of(&form),
    };
    let asked = ClientPhone {
        id,
        name: client.full_name,
        phone,
        form,
        taken_by,
        may_merge: person.session.role == Role::Owner,
    };
    let html = client_phone::html(&person.chrome(headers), &asked);
    Ok(page(status, html))
}

/// Gives a client another phone.
pub(super) async fn change_phone(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let mut form: FormState<PhoneField> = pairs.form();
    let phone = Phone::parse(form.value(PhoneField::Phone));
    if phone.is_err() {
        form.wrong(PhoneField::Phone, Problem::NotAPhone);
    }
    let Some(phone) = phone.ok().filter(|_| !form.is_wrong()) else {
        return phone_form(&app, &headers, &person, id, form, None).await;
    };
    let command = ChangePhone {
        actor: &person.actor(),
        client_id: id,
        phone: &phone,
    };
    match app.backend.run(&command).await? {
        PhoneChanged::Done => Ok(done(&headers, Url::Client(id), Done::PhoneChanged)),
        PhoneChanged::NotFound => Err(Failed::NotFound),
        PhoneChanged::Taken(other) => {
            phone_form(&app, &headers, &person, id, form, Some(other)).await
        }
    }
}

/// Asks before the name and phone of a client are erased.
pub(super) async fn ask_erase(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let (client, phone) = find_living(&app, &person, id).await?;
    let asked = ClientErase {
        id,
        name: client.full_name,
        phone,
        balance: client.figures.bonus_balance,
    };
    let html = client_erase::html(&person.chrome(&headers), &asked);
    Ok(page(StatusCode::OK, html))
}

/// Erases the name and phone of a client.
pub(super) async fn erase(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::EraseClient(id))
        .await?
    {
        return Ok(asked);
    }
    let command = Erase {
        actor: &person.actor(),
        client_id: id,
    };
    if app.backend.run(&command).await? {
        return Ok(done(&headers, Url::Client(id), Done::ClientErased));
    }
    // It may be the second press of the button.
    find(&app, &person, id).await?;
    Ok(see_other(Url::Client(id)))
}
