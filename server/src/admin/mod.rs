//! The console of the platform's admins. What it shares with the panel is in [`crate::console`].

mod account;
mod acting;
mod activity;
mod admins;
mod connect_app;
mod health;
mod invitation;
mod journal;
mod notice;
mod owners;
mod second_step;
mod session;
mod store;
mod store_acts;
mod store_forms;
mod store_tills;
mod stores;
mod till_activity;

use app::admin::urls::Url;
use app::console::Console;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};

use crate::app_state::App;
use crate::console::{notice as shown_once, sessions, sign_in, sign_in_code};
use session::Admin;

/// The number that stands for any number in the pattern of a URL.
const ANY: i64 = 0;

/// Returns the routes of the admin console.
pub(crate) fn routes() -> Router<App> {
    let at = |url: Url| url.pattern();
    let invitation = get(invitation::show_invitation).post(invitation::accept_invitation);
    Router::new()
        .route(
            at(Url::SignIn),
            get(sign_in::show_sign_in::<Admin>).post(sign_in::sign_in::<Admin>),
        )
        .route(
            at(Url::SignInCode),
            get(sign_in_code::show_code::<Admin>).post(sign_in_code::send_code::<Admin>),
        )
        .route(
            at(Url::ConnectApp),
            get(connect_app::show_secret).post(connect_app::send_first_code),
        )
        .route(at(Url::SignOut), post(sign_in::sign_out::<Admin>))
        .route(at(Url::Invitation(String::new())), invitation)
        .route(at(Url::Stores), get(stores::show_stores))
        .route(at(Url::Journal), get(journal::show_journal))
        .route(at(Url::Health), get(health::show_health))
        .route(
            at(Url::Admins),
            get(admins::show_admins).post(admins::invite),
        )
        .route(
            at(Url::CancelInvitation(ANY)),
            post(admins::cancel_invitation),
        )
        .route(at(Url::NewPasswordLink(ANY)), post(admins::new_link))
        .route(
            at(Url::RemoveAdmin(ANY)),
            get(admins::ask_remove).post(admins::remove),
        )
        .route(
            at(Url::Account),
            get(account::show_account).post(account::save_account),
        )
        .route(
            at(Url::OwnPassword),
            get(account::show_own_password).post(account::change_own_password),
        )
        .route(
            at(Url::SecondStep),
            get(second_step::show_second_step).post(second_step::begin_another_app),
        )
        .route(
            at(Url::AnotherApp),
            get(second_step::show_another_app).post(second_step::connect_another_app),
        )
        .route(
            at(Url::RecoveryCodes),
            post(second_step::make_recovery_codes),
        )
        .route(at(Url::Sessions), get(sessions::show_sessions::<Admin>))
        .route(
            at(Url::EndOtherSessions),
            post(sessions::end_other_sessions::<Admin>),
        )
        .route(
            at(Url::EndSession(ANY)),
            post(sessions::end_session::<Admin>),
        )
        .merge(store_routes())
        .layer(from_fn(async |request, next| {
            shown_once::forget_shown(Console::Admin, request, next).await
        }))
}

/// Returns the routes of the stores.
fn store_routes() -> Router<App> {
    let at = |url: Url| url.pattern();
    Router::new()
        .route(
            at(Url::NewStore),
            get(store_forms::show_new_store).post(store_forms::open_store),
        )
        .route(at(Url::Signs), get(activity::show_signs))
        .route(at(Url::Store(ANY)), get(store::show_store))
        .route(at(Url::Activity(ANY)), get(activity::show_activity))
        .route(
            at(Url::TillActivity(ANY, ANY)),
            get(till_activity::show_till),
        )
        .route(
            at(Url::NormalReason(ANY, ANY)),
            get(till_activity::ask_normal).post(till_activity::silence),
        )
        .route(
            at(Url::EditStore(ANY)),
            get(store_forms::show_edit_store).post(store_forms::change_store),
        )
        .route(
            at(Url::SuspendStore(ANY)),
            get(store_acts::ask_suspend).post(store_acts::suspend),
        )
        .route(
            at(Url::ResumeStore(ANY)),
            get(store_acts::ask_resume).post(store_acts::resume),
        )
        .route(at(Url::InviteOwner(ANY)), post(owners::invite_owner))
        .route(at(Url::OwnerLink(ANY, ANY)), post(owners::new_link))
        .route(
            at(Url::CancelOwner(ANY, ANY)),
            post(owners::cancel_invitation),
        )
        .route(
            at(Url::UnbindTill(ANY, ANY)),
            get(store_tills::ask_unbind).post(store_tills::unbind_till),
        )
        .route(
            at(Url::RotateKey(ANY, ANY)),
            get(store_tills::ask_rotate).post(store_tills::rotate_key),
        )
        .route(
            at(Url::SwitchTillOff(ANY, ANY)),
            get(store_tills::ask_off).post(store_tills::switch_till_off),
        )
        .route(
            at(Url::SwitchTillOn(ANY, ANY)),
            get(store_tills::ask_on).post(store_tills::switch_till_on),
        )
}
