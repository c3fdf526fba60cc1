//! «Товары»: what the stock of the back office brought, and the answer to a list that switched off
//! too much.

use app::forms::FormState;
use app::panel::goods::{AFTER, AT, Article, Goods, GoodsField, Show, SwitchOff, html, sheet};
use app::panel::notices::Done;
use app::panel::urls::Url;
use app::ui::sheet::MAX_ROWS;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::inventory::{self, EndSwitchOff, Filter, SwitchOffEnd};
use domain::{Role, Timestamp};

use super::answer::{Failed, done, page};
use super::export;
use super::form::SentBy;
use super::session::SignedIn;
use crate::app_state::App;

/// Shows a page of goods, by name, or sends those of all pages as a file. Four statements; one for
/// a file, which always has all goods, because a store has no more than [`MAX_ROWS`].
pub(super) async fn show_goods(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let pairs = query.iter();
    let form: FormState<GoodsField> =
        FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
    let [name, sku] = AFTER.map(|name| {
        let sent = query.iter().find(|(known, _)| known == name);
        sent.map(|(_, value)| value.replace('\0', ""))
    });
    let after = name.as_deref().zip(sku.as_deref());
    let show = Show::parse(form.value(GoodsField::Show)).unwrap_or_default();
    let filter = Filter {
        after,
        search: form.value(GoodsField::Search),
        category: form.value(GoodsField::Category),
        show: match show {
            Show::Active => inventory::Show::Active,
            Show::Slow => inventory::Show::Slow,
            Show::SoldOut => inventory::Show::SoldOut,
            Show::Off => inventory::Show::Off,
        },
    };
    if let Some(format) = export::asked(&query) {
        let filter = Filter {
            after: None,
            ..filter
        };
        let language = person.language(&headers);
        let found = inventory::first(backend, tenant_id, &filter, MAX_ROWS).await?;
        let sheet = move || {
            let rows: Vec<Article> = found.into_iter().map(article).collect();
            sheet(language, &rows)
        };
        return export::file(&app, &person, format, sheet).await;
    }
    let found = inventory::list(backend, tenant_id, &filter).await?;
    let counts = inventory::counts(backend, tenant_id).await?;
    let coverage = inventory::coverage(backend, tenant_id).await?;
    let switch_off = inventory::switch_off(backend, tenant_id).await?;
    let goods = Goods {
        now: backend.clock.now(),
        counts: [counts.active, counts.slow, counts.sold_out, counts.off],
        synced_at: counts.synced_at,
        coverage: (coverage.with_lines, coverage.tills),
        switch_off: switch_off.map(|list| SwitchOff {
            at: list.at,
            before: list.before,
            off: list.off,
        }),
        may_change: person.session.role >= Role::Manager,
        has_more: found.has_more,
        rows: found.goods.into_iter().map(article).collect(),
        is_continued: after.is_some(),
        filter: form,
    };
    let html = html(&person.chrome(&headers), &goods);
    Ok(page(StatusCode::OK, html))
}

/// Returns the row of an article.
fn article(found: inventory::Goods) -> Article {
    Article {
        sku: found.sku,
        name: found.name,
        category: found.category,
        quantity: found.quantity,
        stock_days: found.stock_days,
        last_sold_at: found.last_sold_at,
        is_off: found.deactivated_at.is_some(),
        synced_at: found.synced_at,
    }
}

/// Switches the goods on again that a list has switched off.
pub(super) async fn restore_goods(
    State(app): State<App>,
    headers: HeaderMap,
    sent: SentBy,
) -> Result<Response, Failed> {
    end(
        &app,
        &headers,
        sent,
        SwitchOffEnd::Undo,
        Done::GoodsRestored,
    )
    .await
}

/// Leaves the goods off that a list has switched off.
pub(super) async fn confirm_goods_off(
    State(app): State<App>,
    headers: HeaderMap,
    sent: SentBy,
) -> Result<Response, Failed> {
    let message = Done::GoodsOffConfirmed;
    end(&app, &headers, sent, SwitchOffEnd::Confirm, message).await
}

async fn end(
    app: &App,
    headers: &HeaderMap,
    SentBy { person, pairs }: SentBy,
    end: SwitchOffEnd,
    message: Done,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let at = pairs.value(AT).and_then(|at| at.parse().ok());
    let command = EndSwitchOff {
        actor: &person.actor(),
        at: Timestamp::from_micros(at.ok_or(Failed::NotFound)?),
        end,
    };
    let ended = app.backend.run(&command).await?;
    ended.ok_or(Failed::NotFound)?;
    Ok(done(headers, Url::Goods, message))
}
