//! Every text of the web cashier, by typed key: a missing translation does not compile.
#![cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the browser shows them")
)]

mod choice;
mod en;
mod ru;
mod tg;

/// The texts of the web cashier in one language.
pub(super) struct Texts {
    /// The currency, shown after an amount.
    pub(super) currency: &'static str,
    pub(super) close: &'static str,
    pub(super) enter: EnterTexts,
    pub(super) gate: GateTexts,
    pub(super) sale: SaleTexts,
    pub(super) client: ClientTexts,
    pub(super) camera: CameraTexts,
    pub(super) sending: SendingTexts,
    pub(super) done: DoneTexts,
    pub(super) give_back: ReturnTexts,
    pub(super) menu: MenuTexts,
    pub(super) shift: ShiftTexts,
    pub(super) history: HistoryTexts,
    pub(super) units: UnitTexts,
    /// Shown if the server refuses a document for a reason that the cashier cannot act on.
    pub(super) not_taken: &'static str,
    /// The refusals of the server.
    pub(super) refusals: RefusalTexts,
}

/// The form of the pairing code and the two tokens.
pub(super) struct EnterTexts {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) code: &'static str,
    pub(super) bad_code: &'static str,
    /// Shown before the name of the till that the phone is, if a pairing link was opened.
    pub(super) already: &'static str,
    pub(super) already_note: &'static str,
    /// Goes back to that till.
    pub(super) stay: &'static str,
    /// Opens the fields of the two tokens.
    pub(super) keys: &'static str,
    pub(super) tenant: &'static str,
    pub(super) cashier: &'static str,
    pub(super) hint: &'static str,
    pub(super) submit: &'static str,
    pub(super) checking: &'static str,
    pub(super) malformed: &'static str,
    pub(super) not_kept: &'static str,
    /// The advice not to use a private window, which a page cannot detect.
    pub(super) incognito: &'static str,
    /// Shown on an iPhone or iPad before the till is on the home screen.
    pub(super) home_screen: &'static str,
    /// Shown if the page is open inside another app.
    pub(super) other_app: &'static str,
    pub(super) no_answer: &'static str,
    /// The question if sales of the previous till still wait.
    pub(super) other_till: &'static str,
}

/// The reasons why the till may not work, with the next step.
pub(super) struct GateTexts {
    pub(super) bad_tenant_token: &'static str,
    pub(super) bad_cashier_token: &'static str,
    pub(super) bad_pairing_code: &'static str,
    pub(super) pairing_code_used: &'static str,
    pub(super) cashier_disabled: &'static str,
    pub(super) store_suspended: &'static str,
    pub(super) device_mismatch: &'static str,
    /// Shown before the number of documents that wait until the till may work again.
    pub(super) unsent: &'static str,
}

/// The sale screen.
pub(super) struct SaleTexts {
    pub(super) to_pay: &'static str,
    pub(super) check: &'static str,
    pub(super) with_bonuses: &'static str,
    pub(super) gains: &'static str,
    pub(super) keypad: &'static str,
    /// The name of the keypad while it writes a phone.
    pub(super) keypad_phone: &'static str,
    pub(super) erase: &'static str,
    pub(super) clear: &'static str,
    pub(super) comma: &'static str,
    /// The heading of the choices.
    pub(super) redeem: &'static str,
    pub(super) none: &'static str,
    pub(super) half: &'static str,
    pub(super) most: &'static str,
    /// The choice of a typed number.
    pub(super) exactly: &'static str,
    /// The button; the sum follows.
    pub(super) take: &'static str,
    pub(super) take_without_client: &'static str,
    pub(super) take_without_bonuses: &'static str,
    pub(super) enter_amount: &'static str,
    /// Shown instead of taking the sale while a phone is incomplete.
    pub(super) finish_phone: &'static str,
    pub(super) find_phone_first: &'static str,
    pub(super) finish_card: &'static str,
    /// Shown instead of taking the sale if no client has the phone or card.
    pub(super) register_or_clear: &'static str,
    /// Shown when a digit after a complete phone was ignored.
    pub(super) typed_on: &'static str,
    /// Shown if the screen did not show the sum of the sale.
    pub(super) look_again: &'static str,
    pub(super) enter_redeem: &'static str,
    /// Shown before the smallest sum that takes part in the programme.
    pub(super) below_minimum: &'static str,
    pub(super) over_maximum: &'static str,
    pub(super) offline: &'static str,
    pub(super) no_connection: &'static str,
    pub(super) offline_redeem: &'static str,
    pub(super) waiting: &'static str,
    pub(super) take_most_instead: &'static str,
}

/// The client: search, card and registration.
pub(super) struct ClientTexts {
    /// The name of the client's place on the screen.
    pub(super) place: &'static str,
    pub(super) scan: &'static str,
    pub(super) phone: &'static str,
    pub(super) find: &'static str,
    pub(super) finding: &'static str,
    pub(super) by_code: &'static str,
    pub(super) code: &'static str,
    pub(super) remove: &'static str,
    pub(super) nameless: &'static str,
    pub(super) available: &'static str,
    /// The bonuses that a return took beyond what the client had. New bonuses pay it first.
    pub(super) debt: &'static str,
    pub(super) held: &'static str,
    pub(super) limit: &'static str,
    /// Shown after the percentage of the limit.
    pub(super) of_check: &'static str,
    pub(super) unverified: &'static str,
    pub(super) not_found: &'static str,
    pub(super) card_not_found: &'static str,
    pub(super) bad_code: &'static str,
    /// Shown if the server accepts no requests for a while.
    pub(super) busy: &'static str,
    pub(super) not_a_phone: &'static str,
    pub(super) no_answer: &'static str,
    pub(super) ask_again: &'static str,
    pub(super) name: &'static str,
    /// The same, shorter, for a narrow field.
    pub(super) name_short: &'static str,
    pub(super) register: &'static str,
    pub(super) registering: &'static str,
    pub(super) register_offline: &'static str,
}

/// The camera and its failures.
pub(super) struct CameraTexts {
    pub(super) title: &'static str,
    pub(super) aim: &'static str,
    pub(super) opening: &'static str,
    pub(super) torch: &'static str,
    pub(super) zoom: &'static str,
    pub(super) by_hand: &'static str,
    pub(super) denied: &'static str,
    pub(super) not_found: &'static str,
    pub(super) busy: &'static str,
    pub(super) insecure: &'static str,
    pub(super) unsupported: &'static str,
    pub(super) failed: &'static str,
    /// The decoder could not be loaded.
    pub(super) blind: &'static str,
    pub(super) try_again: &'static str,
}

/// A document that is being sent.
pub(super) struct SendingTexts {
    pub(super) sending: &'static str,
    pub(super) checking: &'static str,
    pub(super) checking_why: &'static str,
    /// Shown before the sum of a sale or receipt that was recorded while the cashier did not wait
    /// for it.
    pub(super) recorded: &'static str,
    pub(super) later: &'static str,
    pub(super) not_kept: &'static str,
}

/// The result of a document.
pub(super) struct DoneTexts {
    pub(super) sale: &'static str,
    pub(super) receipt: &'static str,
    pub(super) give_back: &'static str,
    pub(super) queued: &'static str,
    pub(super) queued_why: &'static str,
    pub(super) paid: &'static str,
    pub(super) accrued: &'static str,
    pub(super) redeemed: &'static str,
    pub(super) balance: &'static str,
    pub(super) hold: &'static str,
    pub(super) new_check: &'static str,
    pub(super) to_check: &'static str,
    pub(super) to_return: &'static str,
}

/// The return of goods.
pub(super) struct ReturnTexts {
    pub(super) title: &'static str,
    pub(super) of_check: &'static str,
    pub(super) left: &'static str,
    pub(super) amount: &'static str,
    pub(super) all: &'static str,
    pub(super) half: &'static str,
    /// Asks again after a calculation without an answer.
    pub(super) calculate: &'static str,
    pub(super) calculating: &'static str,
    /// Shown before the sum.
    pub(super) pay_out: &'static str,
    pub(super) revoke: &'static str,
    pub(super) restore: &'static str,
    pub(super) shortage: &'static str,
    pub(super) confirm: &'static str,
    pub(super) over: &'static str,
    pub(super) nothing_left: &'static str,
    pub(super) waits: &'static str,
    pub(super) offline: &'static str,
    pub(super) cash: &'static str,
    pub(super) revoked: &'static str,
    /// The worth of bonuses that the client has already spent, withheld from the cash.
    pub(super) settled: &'static str,
    pub(super) restored: &'static str,
    /// Shown before the agreed sum if a different one is paid out.
    pub(super) changed: &'static str,
}

/// The menu.
pub(super) struct MenuTexts {
    pub(super) open: &'static str,
    pub(super) title: &'static str,
    pub(super) language: &'static str,
    pub(super) leave: &'static str,
    pub(super) leave_unsent: &'static str,
    pub(super) leave_confirm: &'static str,
    pub(super) update: &'static str,
    pub(super) device: &'static str,
}

/// The shift.
pub(super) struct ShiftTexts {
    pub(super) title: &'static str,
    pub(super) since: &'static str,
    pub(super) receipts: &'static str,
    pub(super) total: &'static str,
    pub(super) redeemed: &'static str,
    pub(super) accrued: &'static str,
    pub(super) returned: &'static str,
    /// Money paid for sales and receipts, less the cash paid out for returns.
    pub(super) received: &'static str,
    pub(super) without_client: &'static str,
    pub(super) start_new: &'static str,
    pub(super) start_confirm: &'static str,
    pub(super) only_here: &'static str,
}

/// The history of the till.
pub(super) struct HistoryTexts {
    pub(super) title: &'static str,
    pub(super) search: &'static str,
    pub(super) empty: &'static str,
    pub(super) nothing_found: &'static str,
    /// Bonuses given by a sale; the number follows.
    pub(super) accrued: &'static str,
    pub(super) redeemed: &'static str,
    /// The button that searches the whole store for a client's sales.
    pub(super) search_store: &'static str,
    pub(super) searching: &'static str,
    pub(super) more: &'static str,
    pub(super) no_more: &'static str,
    pub(super) older: &'static str,
    /// The reason why a sale cannot be returned here.
    pub(super) nameless: &'static str,
    /// The hint how to find a sale of another till.
    pub(super) how_of_others: &'static str,
    pub(super) without_client: &'static str,
    pub(super) returned: &'static str,
    pub(super) waits: &'static str,
    pub(super) refused: &'static str,
    /// Shown before the number of refused documents that the cashier has not seen.
    pub(super) refused_checks: &'static str,
    pub(super) number: &'static str,
    pub(super) unsent: &'static str,
    pub(super) send_now: &'static str,
    /// The button that takes a refused sale again.
    pub(super) take_again: &'static str,
    pub(super) replace_confirm: &'static str,
    pub(super) show_more: &'static str,
    pub(super) today: &'static str,
    pub(super) yesterday: &'static str,
    /// The button that voids a receipt which was recorded by mistake.
    pub(super) void: &'static str,
    pub(super) void_confirm: &'static str,
    /// The mark of a voided receipt.
    pub(super) voided: &'static str,
}

/// Units of time; the number comes first.
pub(super) struct UnitTexts {
    /// Less than a minute ago.
    pub(super) now: &'static str,
    pub(super) seconds: &'static str,
    pub(super) minutes: &'static str,
    pub(super) hours: &'static str,
    pub(super) days: &'static str,
}

/// The refusals of the server. If a text has no full stop, the figure of its rule follows.
pub(super) struct RefusalTexts {
    pub(super) client_not_found: &'static str,
    pub(super) client_blocked: &'static str,
    pub(super) below_min_purchase: &'static str,
    pub(super) insufficient_bonuses: &'static str,
    pub(super) bonuses_on_hold: &'static str,
    pub(super) over_redeem_limit: &'static str,
    pub(super) welcome_below_minimum: &'static str,
    pub(super) phone_changed: &'static str,
    pub(super) sale_not_found: &'static str,
    pub(super) over_return: &'static str,
    pub(super) over_refund: &'static str,
    pub(super) return_shortage: &'static str,
    pub(super) receipt_not_found: &'static str,
    pub(super) receipt_too_old: &'static str,
    pub(super) too_many_requests: &'static str,
}
