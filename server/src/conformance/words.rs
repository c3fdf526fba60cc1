//! What a run says.

use super::vectors::Language;

/// The words of a run in one language. `{}` is a place for a value.
pub(super) struct Texts {
    pub(super) title: &'static str,
    pub(super) till: &'static str,
    pub(super) passed: &'static str,
    pub(super) failed: &'static str,
    pub(super) skipped: &'static str,
    pub(super) sent: &'static str,
    pub(super) expected_status: &'static str,
    pub(super) expected: &'static str,
    pub(super) got: &'static str,
    pub(super) no_answer: &'static str,
    pub(super) unknown_place: &'static str,
    pub(super) stopped: &'static str,
    pub(super) bound: &'static str,
    pub(super) sums: &'static str,
    pub(super) undone: &'static str,
    pub(super) not_undone: &'static str,
    pub(super) client: &'static str,
    pub(super) unbind: &'static str,
}

const RU: Texts = Texts {
    title: "Проверка договора Cashier API: {}",
    till: "Магазин «{}», {}, касса «{}» (№ {})",
    passed: "прошло    ",
    failed: "НЕ ПРОШЛО ",
    skipped: "пропущено ",
    sent: "запрос: {}",
    expected_status: "ждали ответ {}, пришёл {}",
    expected: "ждали {}: {}",
    got: "ответ: {}",
    no_answer: "ответа нет: {}",
    unknown_place: "нет значения для {}: не прошёл один из примеров выше",
    stopped: "Касса не ответила как касса, поэтому проверка остановлена. Ничего не записано.",
    bound: "Касса привязана к другому устройству. Проверке нужна касса без привязки: \
            панель → Филиалы и кассы → касса → Сбросить привязку.",
    sums: "Прошло: {}. Не прошло: {}. Пропущено: {}.",
    undone: "Отменено всё, что записала проверка: {}.",
    not_undone: "НЕ ОТМЕНЕНО, отмените сами: {}",
    client: "Клиент {} остался, без бонусов и покупок от проверки.",
    unbind: "Касса привязана к устройству проверки. Сбросьте привязку перед работой: \
             панель → Филиалы и кассы → касса → Сбросить привязку.",
};

const EN: Texts = Texts {
    title: "Conformance with the Cashier API: {}",
    till: "Store “{}”, {}, till “{}” (No. {})",
    passed: "passed  ",
    failed: "FAILED  ",
    skipped: "skipped ",
    sent: "request: {}",
    expected_status: "expected the status {}, got {}",
    expected: "expected {}: {}",
    got: "answer: {}",
    no_answer: "no answer: {}",
    unknown_place: "no value for {}: one of the vectors above has failed",
    stopped: "The till got no till’s answer, so the run has stopped. Nothing is recorded.",
    bound: "The till is bound to another device. The run needs an unbound till: \
            panel → Branches and tills → the till → Unbind.",
    sums: "Passed: {}. Failed: {}. Skipped: {}.",
    undone: "All that the run has recorded is undone: {}.",
    not_undone: "NOT UNDONE, do it by hand: {}",
    client: "The client {} stays, without bonuses and purchases of the run.",
    unbind: "The till is bound to the device of the run. Unbind it before it is used: \
             panel → Branches and tills → the till → Unbind.",
};

/// Returns the words of a language.
pub(super) const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Ru => &RU,
        Language::En => &EN,
    }
}
