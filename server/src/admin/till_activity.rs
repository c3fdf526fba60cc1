//! The activity of a till, and what an admin finds normal about it.

use std::collections::HashMap;

use app::admin::activity::normal::{self, Normal, NormalField};
use app::admin::activity::till::{Device, REASON, Silenced, TillPage, html};
use app::admin::activity::{HOURS, Hour};
use app::admin::notices::StoreDone;
use app::admin::urls::Url;
use app::console::Console;
use app::forms::FormState;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::activity::{self, SilenceReason, TillActivity};
use backend::audit::{Action, Details};
use backend::reports;
use backend::stores::{ByAdmin, StoreView};
use backend::tills::{self, TillNumber, TillView};
use domain::sharing::{EventKind, Mark, Reason, Slot, Verdict, judge};

use super::activity::days;
use super::session::Admin;
use super::store::find;
use crate::app_state::App;
use crate::console::answer::{Failed, done, live_page, page};
use crate::console::form::{SentBy, status_of};

/// The most characters of a note.
const MAX_NOTE: usize = 200;

/// The most foreign devices that are listed.
const MOST_DEVICES: usize = 20;

type Ids = Path<(i64, i64)>;

async fn found(app: &App, (id, till_id): (i64, i64)) -> Result<(StoreView, TillView), Failed> {
    let store = find(app, id).await?;
    let till = tills::view(&app.backend, id, till_id).await?;
    Ok((store, till.ok_or(Failed::NotFound)?))
}

/// Shows what a till does. Eleven statements.
pub(super) async fn show_till(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(ids): Ids,
) -> Result<Response, Failed> {
    let (backend, now) = (&app.backend, app.backend.clock.now());
    let (store, till) = found(&app, ids).await?;
    let number = TillNumber {
        tenant_id: ids.0,
        till_id: ids.1,
    };
    let known = activity::of_till(backend, number).await?;
    let mut days = days(&app, ids.0, &[ids.1]).await?;
    let sold = reports::tills(backend, ids.0, now.local_midnight()).await?;
    let mut sold = sold.into_iter().flat_map(|branch| branch.tills);
    let sold = sold.find(|row| row.id == till.id);
    let last_sale = tills::last_sale(backend, ids.0, ids.1).await?;
    let (known, verdict, devices) = judged(known, now).await?;
    let shown = TillPage {
        now,
        store_id: ids.0,
        store: store.name,
        id: till.id,
        name: till.name,
        branch: till.branch,
        program: till.facts.program,
        is_on: till.disabled_at.is_none(),
        is_bound: till.device.is_some(),
        verdict,
        silenced: known.silenced.into_iter().map(silenced).collect(),
        day: days.remove(&ids.1).unwrap_or([Hour::default(); HOURS]),
        checks: sold.as_ref().map_or(0, |row| row.purchases),
        sold: sold.map(|row| row.sold).unwrap_or_default(),
        seen_at: till.seen_at,
        last_sale: last_sale.map(|sale| (sale.at, sale.total)),
        clock_fast_seconds: till.facts.clock_fast_seconds,
        devices,
    };
    Ok(live_page(html(&admin.chrome(&headers), &shown)))
}

/// Judges a till, and looks through its requests for devices, outside the threads that serve
/// requests.
async fn judged(
    known: TillActivity,
    now: domain::Timestamp,
) -> Result<(TillActivity, Verdict, Vec<Device>), Failed> {
    let work = tokio::task::spawn_blocking(move || {
        let verdict = judge(&known.activity, now);
        let devices = devices(&known);
        (known, verdict, devices)
    });
    work.await.map_err(|error| Failed::File(error.to_string()))
}

fn silenced(known: activity::Silenced) -> Silenced {
    Silenced {
        reason: known.silencing.reason,
        until: known.silencing.until,
        note: known.note,
        who: known.who,
    }
}

/// Returns the bound device, and those that were refused, the busiest first.
fn devices(known: &TillActivity) -> Vec<Device> {
    let mut foreign: HashMap<Mark, Device> = HashMap::new();
    let bound = known.devices.last();
    let mut own = Device {
        name: bound.map(|(_, name)| name.clone()).unwrap_or_default(),
        bound_at: bound.map(|(at, _)| *at),
        first_at: None,
        programs: Vec::new(),
        places: Vec::new(),
        requests: known.activity.slots.iter().map(of_own).sum(),
        refusals: 0,
    };
    for event in known.activity.slots.iter().flat_map(Slot::events) {
        let device = match event.kind {
            EventKind::Refused(mark) => {
                let device = foreign.entry(mark.mark()).or_insert_with(|| Device {
                    name: format!("…{}", mark.tail()),
                    bound_at: None,
                    first_at: Some(event.at),
                    programs: Vec::new(),
                    places: Vec::new(),
                    requests: 0,
                    refusals: 0,
                });
                device.requests += 1;
                device.refusals += 1;
                device.first_at = device.first_at.min(Some(event.at));
                device
            }
            _ => &mut own,
        };
        let (program, place) = (event.program.family.to_string(), event.prefix.to_string());
        if !device.programs.contains(&program) {
            device.programs.push(program);
        }
        if !device.places.contains(&place) {
            device.places.push(place);
        }
    }
    let mut foreign: Vec<Device> = foreign.into_values().collect();
    foreign.sort_by(|one, other| (other.requests, &one.name).cmp(&(one.requests, &other.name)));
    foreign.truncate(MOST_DEVICES);
    let own = (own.requests > 0 || own.bound_at.is_some()).then_some(own);
    own.into_iter().chain(foreign).collect()
}

fn of_own(slot: &Slot) -> i64 {
    let counts = slot.counts();
    i64::from(counts.requests) - i64::from(counts.refusals)
}

fn place_of(till: &TillView) -> String {
    format!("{}, {}", till.branch, till.name)
}

/// Asks whether a reason is normal for a till. Two statements.
pub(super) async fn ask_normal(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(ids): Ids,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let reason = query.iter().find(|(name, _)| name == REASON);
    let reason = reason.and_then(|(_, code)| Reason::parse(code));
    let reason = reason.ok_or(Failed::NotFound)?;
    let (store, till) = found(&app, ids).await?;
    let form = FormState::new();
    Ok(question(
        &admin,
        &headers,
        ids,
        (&store, &till),
        reason,
        form,
    ))
}

fn question(
    admin: &Admin,
    headers: &HeaderMap,
    (store_id, till_id): (i64, i64),
    (store, till): (&StoreView, &TillView),
    reason: Reason,
    form: FormState<NormalField>,
) -> Response {
    let status = status_of(&form);
    let asked = Normal {
        store_id,
        store: store.name.clone(),
        till_id,
        till: place_of(till),
        reason,
        form,
    };
    page(status, normal::html(&admin.chrome(headers), &asked))
}

/// Silences a reason for a till, and judges the till again.
pub(super) async fn silence(
    State(app): State<App>,
    headers: HeaderMap,
    Path(ids): Ids,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let (store, till) = found(&app, ids).await?;
    let mut form: FormState<NormalField> = pairs.form();
    let reason = Reason::parse(form.value(NormalField::Reason)).ok_or(Failed::NotFound)?;
    let note = form.read_required(NormalField::Note, MAX_NOTE);
    let Some(note) = note.filter(|_| !form.is_wrong()) else {
        return Ok(question(
            &person,
            &headers,
            ids,
            (&store, &till),
            reason,
            form,
        ));
    };
    let (actor, number) = (
        person.actor(),
        TillNumber {
            tenant_id: ids.0,
            till_id: ids.1,
        },
    );
    let command = ByAdmin {
        admin: &actor,
        tenant_id: ids.0,
        command: SilenceReason {
            till: number,
            reason,
            note: &note,
            who: &actor.name,
        },
        action: Action::SignSilenced,
        details: Details {
            name: store.name,
            after: Some(format!("{}: {}", place_of(&till), reason.code())),
            reason: Some(note.clone()),
            ..Details::default()
        },
    };
    app.backend.run(&command).await?;
    activity::judge_till(&app.backend, number).await?;
    let url = Url::TillActivity(ids.0, ids.1);
    Ok(done(
        &headers,
        Console::Admin,
        url,
        StoreDone::Silenced.code(),
    ))
}
