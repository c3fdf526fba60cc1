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
    /// The unit that stands behind an amount.
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
    /// The server will not have it, and says why to programs only.
    pub(super) not_taken: &'static str,
    /// The rules that a request may break.
    pub(super) refusals: RefusalTexts,
}

/// Where the two tokens are entered.
pub(super) struct EnterTexts {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) tenant: &'static str,
    pub(super) cashier: &'static str,
    pub(super) hint: &'static str,
    pub(super) submit: &'static str,
    pub(super) checking: &'static str,
    pub(super) malformed: &'static str,
    pub(super) not_kept: &'static str,
    /// Why not in a private window, which no page can tell from another.
    pub(super) incognito: &'static str,
    /// On an iPhone or iPad, before the till is on the home screen.
    pub(super) home_screen: &'static str,
    /// Where the page stands in a window of another app.
    pub(super) other_app: &'static str,
    pub(super) no_answer: &'static str,
    /// Asked where checks of the till before still wait.
    pub(super) other_till: &'static str,
}

/// Why the till may not work, and what to do next.
pub(super) struct GateTexts {
    pub(super) bad_tenant_token: &'static str,
    pub(super) bad_cashier_token: &'static str,
    pub(super) cashier_disabled: &'static str,
    pub(super) store_suspended: &'static str,
    pub(super) device_mismatch: &'static str,
    /// Stands before the number of checks that wait for the till to be let in.
    pub(super) unsent: &'static str,
}

/// The sale screen.
pub(super) struct SaleTexts {
    pub(super) to_pay: &'static str,
    pub(super) check: &'static str,
    pub(super) with_bonuses: &'static str,
    pub(super) gains: &'static str,
    pub(super) keypad: &'static str,
    /// While it writes a phone.
    pub(super) keypad_phone: &'static str,
    pub(super) erase: &'static str,
    pub(super) clear: &'static str,
    pub(super) comma: &'static str,
    /// Stands over the choices.
    pub(super) redeem: &'static str,
    pub(super) none: &'static str,
    pub(super) half: &'static str,
    pub(super) most: &'static str,
    /// The choice of a number that is typed.
    pub(super) exactly: &'static str,
    /// The button; the sum follows.
    pub(super) take: &'static str,
    pub(super) take_without_client: &'static str,
    pub(super) take_without_bonuses: &'static str,
    pub(super) enter_amount: &'static str,
    /// Instead of taking a check while half a phone stands there.
    pub(super) finish_phone: &'static str,
    pub(super) find_phone_first: &'static str,
    pub(super) finish_card: &'static str,
    /// Instead of taking a check of a phone or card that nobody has.
    pub(super) register_or_clear: &'static str,
    /// Digits behind a whole phone do nothing.
    pub(super) typed_on: &'static str,
    /// What stood on the screen was not the check's sum.
    pub(super) look_again: &'static str,
    pub(super) enter_redeem: &'static str,
    /// Stands before the smallest check that takes part.
    pub(super) below_minimum: &'static str,
    pub(super) over_maximum: &'static str,
    pub(super) offline: &'static str,
    pub(super) no_connection: &'static str,
    pub(super) offline_redeem: &'static str,
    pub(super) waiting: &'static str,
    pub(super) take_most_instead: &'static str,
}

/// The client: found, not found, registered.
pub(super) struct ClientTexts {
    /// The place on the screen.
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
    pub(super) held: &'static str,
    pub(super) limit: &'static str,
    /// Behind the limit's percents.
    pub(super) of_check: &'static str,
    pub(super) unverified: &'static str,
    pub(super) not_found: &'static str,
    pub(super) card_not_found: &'static str,
    pub(super) bad_code: &'static str,
    /// The server wants to be left alone for a while.
    pub(super) busy: &'static str,
    pub(super) not_a_phone: &'static str,
    pub(super) no_answer: &'static str,
    pub(super) ask_again: &'static str,
    pub(super) name: &'static str,
    /// The same in a field that has no room for more.
    pub(super) name_short: &'static str,
    pub(super) register: &'static str,
    pub(super) registering: &'static str,
    pub(super) register_offline: &'static str,
}

/// The camera and what can be wrong with it.
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

/// A check on its way.
pub(super) struct SendingTexts {
    pub(super) sending: &'static str,
    pub(super) checking: &'static str,
    pub(super) checking_why: &'static str,
    /// Stands before the sum of a check that was recorded while nobody saw it.
    pub(super) recorded: &'static str,
    pub(super) later: &'static str,
    pub(super) not_kept: &'static str,
}

/// After the sale.
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

/// Goods coming back.
pub(super) struct ReturnTexts {
    pub(super) title: &'static str,
    pub(super) of_check: &'static str,
    pub(super) left: &'static str,
    pub(super) amount: &'static str,
    pub(super) all: &'static str,
    pub(super) half: &'static str,
    /// Asks once more, where no answer came.
    pub(super) calculate: &'static str,
    pub(super) calculating: &'static str,
    /// Stands over the sum.
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
    /// The worth of bonuses already spent, withheld from the money.
    pub(super) settled: &'static str,
    pub(super) restored: &'static str,
    /// Stands before the sum that was agreed, where another one is paid out.
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
    /// Money paid for checks, less what was paid out for returns.
    pub(super) received: &'static str,
    pub(super) without_client: &'static str,
    pub(super) start_new: &'static str,
    pub(super) start_confirm: &'static str,
    pub(super) only_here: &'static str,
}

/// The till's own checks.
pub(super) struct HistoryTexts {
    pub(super) title: &'static str,
    pub(super) search: &'static str,
    pub(super) empty: &'static str,
    pub(super) nothing_found: &'static str,
    /// Bonuses given by a check; the number follows.
    pub(super) accrued: &'static str,
    pub(super) redeemed: &'static str,
    /// The button that looks for a client's checks in the whole store.
    pub(super) search_store: &'static str,
    pub(super) searching: &'static str,
    pub(super) more: &'static str,
    pub(super) no_more: &'static str,
    pub(super) older: &'static str,
    /// Why a check cannot be returned here.
    pub(super) nameless: &'static str,
    /// How a check of another till is found.
    pub(super) how_of_others: &'static str,
    pub(super) without_client: &'static str,
    pub(super) returned: &'static str,
    pub(super) waits: &'static str,
    pub(super) refused: &'static str,
    /// Stands before the number of checks that were refused while nobody looked.
    pub(super) refused_checks: &'static str,
    pub(super) number: &'static str,
    pub(super) unsent: &'static str,
    pub(super) send_now: &'static str,
    /// The button of a check that was refused.
    pub(super) take_again: &'static str,
    pub(super) replace_confirm: &'static str,
    pub(super) show_more: &'static str,
    pub(super) today: &'static str,
    pub(super) yesterday: &'static str,
    /// The button of a check without a client that was recorded by mistake.
    pub(super) void: &'static str,
    pub(super) void_confirm: &'static str,
    /// What has become of it.
    pub(super) voided: &'static str,
}

/// Units of time; the number stands before.
pub(super) struct UnitTexts {
    /// Less than a minute ago.
    pub(super) now: &'static str,
    pub(super) seconds: &'static str,
    pub(super) minutes: &'static str,
    pub(super) hours: &'static str,
    pub(super) days: &'static str,
}

/// Why the server refuses. The rule's figure follows a text without a full stop.
pub(super) struct RefusalTexts {
    pub(super) client_not_found: &'static str,
    pub(super) client_blocked: &'static str,
    pub(super) below_min_purchase: &'static str,
    pub(super) insufficient_bonuses: &'static str,
    pub(super) bonuses_on_hold: &'static str,
    pub(super) over_redeem_limit: &'static str,
    pub(super) welcome_below_minimum: &'static str,
    pub(super) sale_not_found: &'static str,
    pub(super) over_return: &'static str,
    pub(super) over_refund: &'static str,
    pub(super) return_shortage: &'static str,
    pub(super) receipt_not_found: &'static str,
    pub(super) receipt_too_old: &'static str,
    pub(super) too_many_requests: &'static str,
}
