//! The forms of a store: the one that opens it, and that of its name and paid tills.

use app::admin::notices::StoreDone;
use app::admin::store_forms::{EditStore, NewStore, ONCE, SEEN, StoreField, edit_html, new_html};
use app::admin::urls::Url;
use app::console::Console;
use app::forms::{FormState, Problem};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::secrets;
use backend::stores::{ChangeStore, OpenStore, StoreChange, StoreView};
use domain::Template;

use super::owners::{link, token};
use super::session::Admin;
use super::store::{Shown, find, shown};
use crate::app_state::App;
use crate::console::answer::{Failed, done, page, see_other};
use crate::console::form::{MAX_NAME, SentBy, status_of};

/// The most tills that a store may have paid for.
const MAX_TILLS: i64 = 10_000;

/// Shows the form that opens a store.
pub(super) async fn show_new_store(headers: HeaderMap, admin: Admin) -> Result<Response, Failed> {
    let form = FormState::new().with(StoreField::Template, Template::Five.as_str());
    let once = secrets::random_token()?;
    Ok(new_form(&headers, &admin, form, once))
}

fn new_form(
    headers: &HeaderMap,
    admin: &Admin,
    form: FormState<StoreField>,
    once: String,
) -> Response {
    let status = status_of(&form);
    let asked = NewStore { form, once };
    page(status, new_html(&admin.chrome(headers), &asked))
}

/// Opens a store, and shows its page with the owner's link. The same form opens one store, however
/// often it is sent.
pub(super) async fn open_store(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    use StoreField::{Address, Branch, Name, Owner, Paid};
    let back = Url::Stores;
    if let Some(asked) = person.password_again(&app, &headers, &pairs, &back).await? {
        return Ok(asked);
    }
    let mut form: FormState<StoreField> = pairs.form();
    form.read_required(Name, MAX_NAME);
    let paid_tills = paid(&mut form);
    if form.value(Paid).is_empty() {
        form.wrong(Paid, Problem::Empty);
    }
    form.read_required(Branch, MAX_NAME);
    form.read_text(Address, MAX_NAME);
    let template = Template::parse(form.value(StoreField::Template));
    if template.is_none() {
        form.wrong(StoreField::Template, Problem::Unknown);
    }
    form.read_required(Owner, MAX_NAME);
    let (Some(paid_tills), Some(template), false) = (paid_tills, template, form.is_wrong()) else {
        let once = pairs.value(ONCE).unwrap_or_default().to_owned();
        return Ok(new_form(&headers, &person, form, once));
    };
    let fields = [Name, Paid, Branch, Address, StoreField::Template, Owner];
    let content = fields.map(|field| form.value(field)).join("\n");
    let derived = |what: &str| token(&app, &person, &pairs, &format!("{what} {content}"));
    let command = OpenStore {
        admin: &person.actor(),
        secrets: &app.backend.secrets,
        opening: &derived("opening")?,
        name: form.value(Name),
        paid_tills,
        branch: form.value(Branch),
        address: form.value(Address),
        programme: &template.programme(),
        owner: form.value(Owner),
        link_token: &derived("first owner")?,
    };
    let opened = app.backend.run(&command).await?.into_inner();
    let owner = form.value(Owner).to_owned();
    let made = Shown {
        link: Some(link(&app, &headers, owner, opened.link)),
        notice: Some(StoreDone::opened(person.language(&headers))),
        ..Shown::default()
    };
    shown(&app, &headers, &person, opened.id, made).await
}

/// Reads the number of paid tills; an empty field is not limited, and a wrong one a problem.
fn paid(form: &mut FormState<StoreField>) -> Option<i64> {
    if form.value(StoreField::Paid).is_empty() {
        return None;
    }
    form.read_number(StoreField::Paid, MAX_TILLS)
}

/// Shows the form of the name and the paid tills. One statement.
pub(super) async fn show_edit_store(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    let paid = store.paid_tills.map(|paid| paid.to_string());
    let form = FormState::new()
        .with(StoreField::Name, store.name.clone())
        .with(StoreField::Paid, paid.unwrap_or_default());
    Ok(edit_form(&headers, &admin, id, store, form))
}

fn edit_form(
    headers: &HeaderMap,
    admin: &Admin,
    id: i64,
    store: StoreView,
    form: FormState<StoreField>,
) -> Response {
    let status = status_of(&form);
    let asked = EditStore {
        id,
        name: store.name,
        paid_tills: store.paid_tills,
        form,
    };
    page(status, edit_html(&admin.chrome(headers), &asked))
}

/// Saves the name and the paid tills. Running tills go on, even if they are more.
pub(super) async fn change_store(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    let back = Url::Store(id);
    if let Some(asked) = person.password_again(&app, &headers, &pairs, &back).await? {
        return Ok(asked);
    }
    let mut form: FormState<StoreField> = pairs.form();
    form.read_required(StoreField::Name, MAX_NAME);
    let paid_tills = paid(&mut form);
    if form.is_wrong() {
        return Ok(edit_form(&headers, &person, id, store, form));
    }
    let [seen_name, seen_paid] = SEEN.map(|name| pairs.value(name));
    let seen_paid = seen_paid.map(|paid| paid.parse().ok());
    let command = ChangeStore {
        admin: &person.actor(),
        tenant_id: id,
        name: form.value(StoreField::Name),
        paid_tills,
        seen: seen_name.zip(seen_paid),
    };
    match app.backend.run(&command).await? {
        StoreChange::Done => {
            let code = StoreDone::Saved.code();
            Ok(done(&headers, Console::Admin, Url::Store(id), code))
        }
        StoreChange::Before => Ok(see_other(Url::Store(id))),
        StoreChange::ByAnother => {
            form.refused(Problem::Changed);
            let store = find(&app, id).await?;
            Ok(edit_form(&headers, &person, id, store, form))
        }
        StoreChange::NoStore => Err(Failed::NotFound),
    }
}
