//! The client's place on the sale screen.

use leptos::prelude::*;

use crate::cash::live::model::client::Who;
use crate::cash::live::model::till::Till;
use crate::cash::live::screens::sale::client_card::{Card, Finding, Unknown, Unverified};
use crate::cash::live::screens::sale::client_search::Finder;
use crate::cash::live::ui::erased::Erase;

/// The client who is named, or the ways to name one.
#[component]
pub fn ClientArea(till: Till) -> impl IntoView {
    move || match till.sale.who.get() {
        Who::Nobody => view! { <Finder till /> }.erased(),
        Who::Finding(identifier) => view! { <Finding till identifier /> }.erased(),
        Who::Known(client) => view! { <Card till client=*client /> }.erased(),
        Who::Unverified(identifier) => view! { <Unverified till identifier /> }.erased(),
        Who::Unknown(identifier) => view! { <Unknown till identifier /> }.erased(),
    }
}
