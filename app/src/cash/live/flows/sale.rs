//! Takes the sale on the screen.

use domain::Money;
use leptos::prelude::*;
use till::amount::AmountEntry;
use till::identify::read_code;
use till::journal::{Record, name_of};
use till::outgoing::{Document, Outgoing};
use till::quote::Quote;

use crate::cash::live::flows::clients::find;
use crate::cash::live::flows::send::submit;
use crate::cash::live::model::sale::may_take;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{page, storage};

/// Sends the sale that is on the screen.
pub fn take(till: Till) {
    let quote = untrack(|| till.quote());
    let waits = untrack(|| till.sale.is_client_sought() || till.sale.asks_how_many());
    if !may_take(&quote) || till.is_busy_now() || waits {
        return;
    }
    if let Some(words) = untrack(|| till.sale.unfinished(&till.texts.sale)) {
        till.tell(words);
        return;
    }
    if !page::are_figures_shown() {
        // The client must pay exactly the sum that the screen shows.
        till.screens.redraws.update(|redraws| *redraws += 1);
        till.tell(till.texts.sale.look_again);
        return;
    }
    let outgoing = document_of(till, &quote);
    submit(till, outgoing);
}

fn document_of(till: Till, quote: &Quote) -> Outgoing {
    let takes_part = quote.problem.is_none();
    let (client, mut client_name) = till
        .sale
        .who
        .with_untracked(|who| (who.identifier(), who.name()));
    if let (None, Some(client)) = (&client_name, &client) {
        // A client who is named without a connection gets the name of their last sale here.
        client_name = till
            .link
            .journal
            .with_untracked(|journal| name_of(journal, client));
    }
    // A correction of the refused sale keeps either the sum or the client. If both differ, it is
    // another sale.
    let instead_of = till
        .sale
        .instead_of
        .get_value()
        .filter(|refused| refused.total_dirams == quote.gross.dirams() || refused.phone == client)
        .map(|refused| refused.external_id);
    Outgoing {
        external_id: storage::new_uuid(),
        made_at_ms: till.now_ms(),
        guess: till.guess(),
        document: match client.filter(|_| takes_part) {
            Some(client) => Document::Sale {
                client,
                total: quote.gross,
                redeem: quote.redeem,
            },
            None => Document::Receipt { total: quote.gross },
        },
        client_name: client_name.filter(|_| takes_part),
        instead_of,
    }
}

/// Puts a refused sale on the sale screen again, because its client may have registered since.
pub fn take_again(till: Till, record: &Record) {
    let replaces = !untrack(|| till.sale.is_empty());
    if replaces && !page::confirm(till.texts.history.replace_confirm) {
        return;
    }
    till.next_check();
    let total = Money::from_dirams(record.total_dirams);
    till.sale.amount.set(AmountEntry::from_money(total));
    till.sale.instead_of.set_value(Some(record.clone()));
    if let Some(client) = record.phone.as_deref().and_then(read_code) {
        find(till, client);
    }
}
