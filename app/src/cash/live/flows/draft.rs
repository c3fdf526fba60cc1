//! The check on the screen, kept while the page is away: loaded anew in another language or under a new build, left by the
//! phone's "back", pulled down, or closed by a phone that needs its memory.

use domain::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use till::amount::AmountEntry;
use till::identify::{read_code, spelled};
use till::journal::Record;

use crate::cash::live::flows::clients::find;
use crate::cash::live::model::client::Who;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{locks, page, storage};

const DRAFT: &str = "bonex-draft";
/// When the draft was kept that an app which was opened again has shown: a tab of before, which the phone brings back
/// later, must not show it once more.
const SHOWN: &str = "bonex-draft-shown";
/// A check that was begun longer ago is nobody's any more.
const FRESH_MILLISECONDS: i64 = 10 * 60_000;

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

/// Keeps what is typed and who is named. How many bonuses go into it is chosen anew. What is being sent is not kept: it
/// would stand there to be taken once more.
pub fn keep(till: Till) {
    if till.is_busy_now() || untrack(|| till.sale.is_empty()) {
        forget();
        return;
    }
    let client = till.sale.who.with_untracked(|who| match who {
        Who::Nobody => None,
        Who::Finding(client) | Who::Unverified(client) | Who::Unknown(client) => {
            Some(spelled(client))
        }
        Who::Known(client) => Some(client.phone.clone()),
    });
    let draft = Draft {
        node_id: till.node_id,
        kept_at_ms: page::now_ms(),
        amount_dirams: till.sale.amount.with_untracked(AmountEntry::money).dirams(),
        client,
        phone: till
            .sale
            .phone
            .with_untracked(|phone| phone.digits().to_owned()),
        code: till.sale.code.get_untracked(),
        instead_of: till.sale.instead_of.get_value(),
    };
    // For this tab, and for the app that is opened again when it was closed.
    storage::hand_over(DRAFT, &draft);
    storage::set(DRAFT, &draft);
}

/// Forgets it: the page is still there.
pub fn forget() {
    let _ = storage::take_over::<Draft>(DRAFT);
    storage::remove(DRAFT);
}

/// Puts what was kept on the screen of the same till, once.
pub fn resume(till: Till) {
    if let Some(draft) = storage::take_over::<Draft>(DRAFT) {
        storage::remove(DRAFT);
        if storage::get(SHOWN) != Some(draft.kept_at_ms) {
            put(till, draft);
        }
    }
    let name = format!("bonex-counter-{}", till.node_id);
    spawn_local(async move {
        // Another tab of this till may only be out of sight: its check is its own.
        if locks::join_first(&name).await
            && let Some(draft) = storage::get::<Draft>(DRAFT)
        {
            storage::remove(DRAFT);
            if till.sale.amount.try_get_untracked().is_some() && untrack(|| till.sale.is_empty()) {
                storage::set(SHOWN, &draft.kept_at_ms);
                put(till, draft);
            }
        }
    });
}

fn put(till: Till, draft: Draft) {
    let age = page::now_ms() - draft.kept_at_ms;
    if draft.node_id != till.node_id || !(0..FRESH_MILLISECONDS).contains(&age) {
        return;
    }
    let amount = Money::from_dirams(draft.amount_dirams);
    till.sale.amount.set(AmountEntry::from_money(amount));
    till.sale.phone.update(|phone| {
        phone.set(&draft.phone);
    });
    till.sale.code.set(draft.code);
    till.sale.instead_of.set_value(draft.instead_of);
    if let Some(client) = draft.client.as_deref().and_then(read_code) {
        find(till, client);
    }
}
