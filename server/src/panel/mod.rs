//! The panel of a store's people: pages and forms without a script. A handler checks the role, asks
//! the backend and renders a page of `app::panel`; a form runs a command and redirects, or shows
//! the same page again with what was typed.

mod addresses;
mod answer;
mod branches;
mod cards;
mod channels;
mod chrome;
mod client;
mod client_acts;
mod client_merge;
mod clients;
mod export;
mod export_clients;
mod form;
mod goods;
mod import_reading;
mod imports;
mod integrations;
mod joining;
mod journal;
mod kept;
mod keys;
mod links;
mod messages;
mod modules;
mod pairing;
mod password;
mod people;
mod person;
mod programme;
mod programme_look;
mod reports;
mod sale;
mod sales;
mod second_step;
mod session;
mod settings;
mod suspended;
mod till;
mod till_forms;
mod till_state;
mod tills;
mod today;
mod upload;

use app::console::Console;
use app::panel::urls::Url;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{get, post};

use crate::app_state::App;
use crate::console::{notice, sessions, sign_in, sign_in_code};
pub(crate) use session::SignedIn;

/// The number that stands for any number in the pattern of a URL.
const ANY: i64 = 0;

/// Returns the routes of the panel.
pub(crate) fn routes() -> Router<App> {
    let at = |url: Url| url.pattern();
    let link = get(links::show_link).post(links::accept_link);
    Router::new()
        .route(
            at(Url::SignIn),
            get(sign_in::show_sign_in::<SignedIn>).post(sign_in::sign_in::<SignedIn>),
        )
        .route(
            at(Url::SignInCode),
            get(sign_in_code::show_code::<SignedIn>).post(sign_in_code::send_code::<SignedIn>),
        )
        .route(at(Url::SignOut), post(sign_in::sign_out::<SignedIn>))
        .route(at(Url::Invitation(String::new())), link)
        .route(at(Url::Today), get(today::show_today))
        .route(at(Url::Tills), get(tills::show_tills))
        .route(
            at(Url::NewBranch),
            get(branches::show_new_branch).post(branches::add_branch),
        )
        .route(
            at(Url::Branch(ANY)),
            get(branches::show_branch).post(branches::change_branch),
        )
        .route(
            at(Url::NewTill),
            get(till_forms::show_new_till).post(till_forms::add_till),
        )
        .route(at(Url::Till(ANY)), get(till::show_till))
        .route(
            at(Url::EditTill(ANY)),
            get(till_forms::show_edit_till).post(till_forms::change_till),
        )
        .route(at(Url::ShowKey(ANY)), post(till::show_key))
        .route(
            at(Url::PairTill(ANY)),
            get(pairing::leave_pairing).post(pairing::show_pairing),
        )
        .route(
            at(Url::RotateKey(ANY)),
            get(keys::ask_rotate).post(keys::rotate_key),
        )
        .route(
            at(Url::StopOldKey(ANY)),
            get(keys::ask_stop).post(keys::stop_old_key),
        )
        .route(at(Url::Integrations), get(integrations::show_integrations))
        .route(at(Url::CashierSteps), get(modules::show_steps))
        .route(
            at(Url::TillModule(ANY)),
            get(modules::ask_module).post(modules::take_module),
        )
        .route(at(Url::ShowKeys), post(integrations::show_keys))
        .route(
            at(Url::RotateStoreKey),
            get(integrations::ask_rotate).post(integrations::rotate_key),
        )
        .route(
            at(Url::StopOldStoreKey),
            get(integrations::ask_stop).post(integrations::stop_old_key),
        )
        .route(
            at(Url::SwitchTillOff(ANY)),
            get(till::ask_off).post(till::switch_till_off),
        )
        .route(at(Url::SwitchTillOn(ANY)), post(till::switch_till_on))
        .route(
            at(Url::UnbindTill(ANY)),
            get(till::ask_unbind).post(till::unbind_till),
        )
        .route(
            at(Url::People),
            get(people::show_people).post(people::invite),
        )
        .route(at(Url::NewPasswordLink(ANY)), post(people::new_link))
        .route(
            at(Url::RemovePerson(ANY)),
            get(people::ask_remove).post(people::remove),
        )
        .route(
            at(Url::CancelInvitation(ANY)),
            post(people::cancel_invitation),
        )
        .merge(client_routes())
        .merge(programme_routes())
        .merge(report_routes())
        .route(at(Url::Sales), get(sales::show_sales))
        .route(at(Url::Sale(ANY)), get(sale::show_sale))
        .route(at(Url::Return(ANY)), get(sale::show_return))
        .route(at(Url::Receipt(ANY)), get(sale::show_receipt))
        .route(at(Url::Goods), get(goods::show_goods))
        .route(at(Url::RestoreGoods), post(goods::restore_goods))
        .route(at(Url::ConfirmGoodsOff), post(goods::confirm_goods_off))
        .route(at(Url::Journal), get(journal::show_journal))
        .merge(message_routes())
        .merge(account())
        .merge(clients_in_files())
        .layer(from_fn(async |request, next| {
            notice::forget_shown(Console::Panel, request, next).await
        }))
}

/// Returns the routes of a person's own account.
fn account() -> Router<App> {
    let at = |url: Url| url.pattern();
    Router::new()
        .route(
            at(Url::Password),
            get(password::show_password).post(password::confirm_password),
        )
        .route(
            at(Url::Settings),
            get(settings::show_settings).post(settings::save_settings),
        )
        .route(
            at(Url::OwnPassword),
            get(settings::show_own_password).post(settings::change_own_password),
        )
        .route(at(Url::Sessions), get(sessions::show_sessions::<SignedIn>))
        .route(
            at(Url::EndOtherSessions),
            post(sessions::end_other_sessions::<SignedIn>),
        )
        .route(
            at(Url::EndSession(ANY)),
            post(sessions::end_session::<SignedIn>),
        )
        .route(
            at(Url::SecondStep),
            get(second_step::show_second_step).post(second_step::begin_second_step),
        )
        .route(
            at(Url::NewSecondStep),
            get(second_step::show_new_second_step).post(second_step::switch_second_step_on),
        )
        .route(
            at(Url::RecoveryCodes),
            post(second_step::make_recovery_codes),
        )
        .route(
            at(Url::SecondStepOff),
            get(second_step::ask_second_step_off).post(second_step::switch_second_step_off),
        )
}

/// Returns the routes of the messages and their channels.
fn message_routes() -> Router<App> {
    let at = |url: Url| url.pattern();
    Router::new()
        .route(at(Url::Messages), get(messages::show_messages))
        .route(at(Url::MessagePreviews), get(messages::show_looks))
        .route(at(Url::SendAgain), post(messages::send_again))
        .route(
            at(Url::Joining),
            get(joining::show_joining).post(joining::save_terms),
        )
        .route(
            at(Url::Channels),
            get(channels::show_channels).post(channels::save_channel),
        )
        .route(at(Url::CheckChannel), post(channels::check_channel))
        .route(at(Url::RemoveChannel), post(channels::remove_channel))
        .route(at(Url::MessageRules), post(channels::save_rules))
}

/// Returns the routes of the programme.
fn programme_routes() -> Router<App> {
    let at = |url: Url| url.pattern();
    Router::new()
        .route(
            at(Url::Programme),
            get(programme::show_programme).post(programme::save_programme),
        )
        .route(
            at(Url::ProgrammePreview),
            // The form is sent here; a new sign-in or the address bar asks for the page.
            get(programme::show_programme).post(programme_look::look),
        )
        .route(at(Url::ProgrammeVersion(ANY)), get(programme::show_version))
        .route(at(Url::ProgrammeLook(ANY)), get(programme_look::show_look))
        .route(
            at(Url::StopProgrammeLook(ANY)),
            post(programme_look::stop_look),
        )
}

/// Returns the routes of the clients.
fn client_routes() -> Router<App> {
    let at = |url: Url| url.pattern();
    Router::new()
        .route(at(Url::Clients), get(clients::show_clients))
        .route(at(Url::Client(ANY)), get(client::show_client))
        .route(at(Url::AdjustClient(ANY)), post(client_acts::adjust))
        .route(at(Url::BlockClient(ANY)), post(client_acts::block))
        .route(at(Url::UnblockClient(ANY)), post(client_acts::unblock))
        .route(
            at(Url::ChangePhone(ANY)),
            get(client_acts::show_phone).post(client_acts::change_phone),
        )
        .route(
            at(Url::MergeClient(ANY)),
            get(client_merge::ask_merge).post(client_merge::merge),
        )
        .route(
            at(Url::EraseClient(ANY)),
            get(client_acts::ask_erase).post(client_acts::erase),
        )
}

/// Returns the routes of the reports.
fn report_routes() -> Router<App> {
    let at = |url: Url| url.pattern();
    Router::new()
        .route(at(Url::Reports), get(reports::show_overview))
        .route(at(Url::ProgrammeResult), get(reports::show_result))
        .route(at(Url::TierReport), get(reports::show_tiers))
        .route(at(Url::Unusual), get(reports::show_unusual))
        .route(
            at(Url::UnusualLimits),
            get(reports::show_limits).post(reports::set_limits),
        )
}

/// Returns the routes of import, export and cards.
fn clients_in_files() -> Router<App> {
    let at = |url: Url| url.pattern();
    let upload = get(imports::show_import).post(imports::upload);
    Router::new()
        .route(
            at(Url::ImportClients),
            upload.layer(DefaultBodyLimit::max(upload::MAX_FORM)),
        )
        .route(
            at(Url::Import(ANY)),
            get(imports::show_preview).post(imports::apply),
        )
        .route(
            at(Url::ReadImport(ANY)),
            get(import_reading::show_reading).post(import_reading::save_reading),
        )
        .route(at(Url::ImportFaults(ANY)), get(imports::download_faults))
        .route(at(Url::DiscardImport(ANY)), post(imports::discard))
        .route(
            at(Url::ExportClients),
            get(export_clients::ask_export).post(export_clients::export),
        )
        .route(at(Url::Cards), get(cards::show_cards).post(cards::reserve))
        .route(at(Url::CardBatch(ANY)), get(cards::download_batch))
        .route(at(Url::PrintCards(ANY)), get(cards::show_sheets))
        .route(at(Url::ClientCard(ANY)), get(cards::show_client_card))
        .route(
            at(Url::GiveCard(ANY)),
            get(cards::ask_give).post(cards::give),
        )
}
