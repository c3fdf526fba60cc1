//! The draft: the sale on the screen, stored while the page is away. The page may be loaded again
//! (in another language or in a new version, or by a pull-down), left with the phone's "back", or
//! closed by a phone that is short of memory.

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
/// The key of the moment of the draft that a reopened app has shown. If the phone later brings back
/// the tab that made this draft, the tab must not show it a second time.
const SHOWN: &str = "bonex-draft-shown";
/// The age at which a draft is dropped, because its client has left.
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

/// Stores the typed values and the named client. The number of bonuses is not stored and has to be
/// chosen again. A sale that is being sent is not stored either, because it could then be taken
/// twice.
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
    // One copy for this tab, and one for the app when it is opened again after it was closed.
    storage::hand_over(DRAFT, &draft);
    storage::set(DRAFT, &draft);
}

/// Removes the stored draft. It is not needed while the page is visible or its sale is being sent.
pub fn forget() {
    let _ = storage::take_over::<Draft>(DRAFT);
    storage::remove(DRAFT);
}

/// Restores the draft on the screen of the same till, once.
pub fn resume(till: Till) {
    if let Some(draft) = storage::take_over::<Draft>(DRAFT) {
        storage::remove(DRAFT);
        if storage::get(SHOWN) != Some(draft.kept_at_ms) {
            put(till, draft);
        }
    }
    let name = format!("bonex-counter-{}", till.node_id);
    spawn_local(async move {
        // Another tab of this till may be open in the background; the draft then belongs to that
        // tab.
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
