//! The check on the screen, kept while the page is loaded anew in another language or under a new build.

use domain::Money;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use till::amount::AmountEntry;
use till::identify::read_code;
use till::journal::Record;

use super::browser::{page, storage};
use super::client::find;
use super::state::{Till, Who, spelled};

const DRAFT: &str = "bonex-draft";
/// A page that is loaded later than this was loaded for another reason.
const FRESH_MILLISECONDS: i64 = 60_000;

#[derive(Serialize, Deserialize)]
struct Draft {
    node_id: i64,
    kept_at_ms: i64,
    amount_dirams: i64,
    client: Option<String>,
    phone: String,
    code: Option<String>,
    instead_of: Option<Record>,
}

/// Keeps what is typed and who is named. How many bonuses go into it is chosen anew.
pub(super) fn keep(till: Till) {
    let client = till.who.with_untracked(|who| match who {
        Who::Nobody => None,
        Who::Finding(client) | Who::Unverified(client) | Who::Unknown(client) => {
            Some(spelled(client))
        }
        Who::Known(client) => Some(client.phone.clone()),
    });
    let draft = Draft {
        node_id: till.node_id,
        kept_at_ms: page::now_ms(),
        amount_dirams: till.amount.with_untracked(AmountEntry::money).dirams(),
        client,
        phone: till.phone.with_untracked(|phone| phone.digits().to_owned()),
        code: till.code.get_untracked(),
        instead_of: till.instead_of.get_value(),
    };
    storage::hand_over(DRAFT, &draft);
}

/// Puts what was kept on the screen of the same till, once.
pub(super) fn resume(till: Till) {
    let draft = storage::take_over::<Draft>(DRAFT);
    let is_meant = |draft: &Draft| {
        let age = page::now_ms() - draft.kept_at_ms;
        draft.node_id == till.node_id && (0..FRESH_MILLISECONDS).contains(&age)
    };
    let Some(draft) = draft.filter(is_meant) else {
        return;
    };
    let amount = Money::from_dirams(draft.amount_dirams);
    till.amount.set(AmountEntry::from_money(amount));
    till.phone.update(|phone| phone.set(&draft.phone));
    till.code.set(draft.code);
    till.instead_of.set_value(draft.instead_of);
    if let Some(client) = draft.client.as_deref().and_then(read_code) {
        find(till, client);
    }
}
