//! The client's place on the sale screen.

use leptos::prelude::*;

use crate::cash::live::model::client::Who;
use crate::cash::live::model::till::Till;
use crate::cash::live::screens::sale::client_card::{Card, Finding, Unknown, Unverified};
use crate::cash::live::screens::sale::client_search::Finder;
use crate::cash::live::ui::drawn::Draw;

/// The client who is named, or the ways to name one.
#[component]
pub fn ClientArea(till: Till) -> impl IntoView {
    move || match till.sale.who.get() {
        Who::Nobody => view! { <Finder till /> }.drawn(),
        Who::Finding(identifier) => view! { <Finding till identifier /> }.drawn(),
        Who::Known(client) => view! { <Card till client=*client /> }.drawn(),
        Who::Unverified(identifier) => view! { <Unverified till identifier /> }.drawn(),
        Who::Unknown(identifier) => view! { <Unknown till identifier /> }.drawn(),
    }
}
