//! The pages of single documents.

use app::panel::sale::{Given, Left, Reward, Sale, SaleLine, SaleReturn, Taken, html};
use app::panel::small_documents::{LoneReturn, Receipt, receipt_html, return_html};
use app::panel::till_parts::TillName;
use app::panel::urls::Url;
use app::ui::format;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::documents::{self, DocumentClient, DocumentPlace, Kind, SaleReturnView, SaleView};
use domain::sales::explain_cashback;
use domain::{LotKind, Money};

use super::answer::{Failed, page, see_other};
use super::session::SignedIn;
use crate::app_state::App;

/// Shows a sale or a redemption. Five statements.
pub(super) async fn show_sale(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let found = documents::sale(&app.backend, person.session.tenant_id, id).await?;
    let sale = found.ok_or(Failed::NotFound)?;
    let rewards: Vec<Reward> = sale
        .given
        .iter()
        .filter(|lot| lot.kind != LotKind::Purchase)
        .map(|lot| Reward {
            kind: lot.kind,
            amount: lot.amount,
        })
        .collect();
    let given: Money = sale.given.iter().map(|lot| lot.amount).sum();
    // The redemption before the sale has already changed the balance.
    let spent = match sale.redemption_id {
        Some(_) => Money::ZERO,
        None => sale.redeemed,
    };
    let shown = Sale {
        now: app.backend.clock.now(),
        at: sale.at,
        external_id: sale.number.clone(),
        till: till(&sale.place),
        cashier: sale.cashier.clone(),
        client: client(&sale.client),
        is_redemption: sale.kind == Kind::Redemption,
        total: sale.gross,
        paid: sale.paid,
        redeemed: sale.redeemed,
        is_voided: sale.is_voided,
        redemption: sale.redemption_id,
        accrued: sale.accrued,
        accrual: explain_cashback(sale.accrued, sale.paid, sale.gross),
        balance: (sale.balance - given + spent, sale.balance),
        rewards,
        left: left(&sale, given),
        given: sale
            .given
            .iter()
            .map(|lot| Given {
                kind: lot.kind,
                amount: lot.amount,
                remaining: lot.remaining,
                available_at: lot.available_at,
                expires_at: lot.expires_at,
            })
            .collect(),
        taken: sale
            .taken
            .iter()
            .map(|lot| Taken {
                kind: lot.kind,
                given_at: lot.given_at,
                sale: lot.sale_id,
                amount: lot.amount,
            })
            .collect(),
        has_more_taken: sale.has_more_taken,
        returns: sale.returns.iter().map(figures).collect(),
        lines: sale
            .lines
            .into_iter()
            .map(|line| SaleLine {
                name: line.name,
                quantity: line.quantity,
                price: line.price,
                total: line.total,
            })
            .collect(),
    };
    Ok(page(StatusCode::OK, html(&person.chrome(&headers), &shown)))
}

/// Returns what is left of a sale after its returns; `None` if nothing came back.
fn left(sale: &SaleView, given: Money) -> Option<Left> {
    if sale.returns.is_empty() {
        return None;
    }
    let sum = |part: fn(&SaleReturnView) -> Money| sale.returns.iter().map(part).sum::<Money>();
    // Bonuses that expired unspent are not taken back, and shortages may be settled in cash.
    let rest = |whole: Money, gone: Money| (whole - gone).or_zero();
    Some(Left {
        total: rest(sale.total, sum(|back| back.counted)),
        paid: rest(sale.paid, sum(|back| back.spent_back)),
        redeemed: rest(sale.redeemed, sum(|back| back.restored)),
        accrued: rest(given, sum(|back| back.revoked)),
    })
}

fn till(place: &DocumentPlace) -> TillName {
    TillName {
        id: place.till_id,
        name: place.till.clone(),
        branch_id: place.branch_id,
        branch: place.branch.clone(),
    }
}

fn client(client: &DocumentClient) -> (i64, String) {
    let name = client.name.clone();
    (
        client.id,
        name.unwrap_or_else(|| format::phone(&client.phone)),
    )
}

fn figures(back: &SaleReturnView) -> SaleReturn {
    SaleReturn {
        id: back.id,
        at: back.at,
        amount: back.amount,
        restored: back.restored,
        revoked: back.revoked,
        withheld: back.settled,
        paid_out: back.paid_out,
    }
}

/// Shows a return whose sale is unknown; sends to the sale of any other one. One statement.
pub(super) async fn show_return(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let found = documents::single_return(&app.backend, person.session.tenant_id, id).await?;
    let found = found.ok_or(Failed::NotFound)?;
    if let Some(sale) = found.sale_id {
        return Ok(see_other(format!("{}#return-{id}", Url::Sale(sale))));
    }
    let shown = LoneReturn {
        now: app.backend.clock.now(),
        till: till(&found.place),
        client: client(&found.client),
        figures: figures(&found.figures),
        number: found.number,
    };
    let html = return_html(&person.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}

/// Shows a receipt. One statement.
pub(super) async fn show_receipt(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let found = documents::receipt(&app.backend, person.session.tenant_id, id).await?;
    let found = found.ok_or(Failed::NotFound)?;
    let shown = Receipt {
        now: app.backend.clock.now(),
        at: found.at,
        till: till(&found.place),
        total: found.total,
        voided_at: found.voided_at,
        number: found.number,
    };
    let html = receipt_html(&person.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}
