//! The pages of the admin console about stores and about the platform.

use app::admin::urls::Url;

/// Returns the pages about stores, those about this one and a till of it, and those about the
/// platform.
pub(crate) fn pages(store: i64, till: i64) -> Vec<String> {
    let stores = Url::Stores;
    vec![
        stores.to_string(),
        stores.with_query(&[("q", "Душанбе")]),
        stores.with_query(&[("group", "silent"), ("after", "0.1")]),
        stores.with_query(&[("as", "csv")]),
        Url::Journal.to_string(),
        Url::Health.to_string(),
        Url::Admins.to_string(),
        Url::SecondStep.to_string(),
        Url::NewStore.to_string(),
        Url::Store(store).to_string(),
        Url::Activity(store).to_string(),
        Url::TillActivity(store, till).to_string(),
        Url::Signs.to_string(),
        Url::EditStore(store).to_string(),
        Url::SuspendStore(store).to_string(),
        Url::UnbindTill(store, till).to_string(),
    ]
}
