//! The words of the messages.

use crate::locales::Language;

/// The sentences in one language. `{}` is an amount, a day or the end of a phone.
pub(super) struct Texts {
    pub(super) sale: &'static str,
    pub(super) returned: &'static str,
    pub(super) voided: &'static str,
    pub(super) redeemed: &'static str,
    pub(super) accrued: &'static str,
    pub(super) revoked: &'static str,
    pub(super) restored: &'static str,
    pub(super) welcome: &'static str,
    pub(super) welcome_bonus: &'static str,
    pub(super) referral: &'static str,
    pub(super) given: &'static str,
    pub(super) taken: &'static str,
    pub(super) phone: &'static str,
    pub(super) phone_frozen: &'static str,
    pub(super) expiring: &'static str,
    pub(super) balance: &'static str,
    pub(super) balance_part: &'static str,
    pub(super) sms_expiring: &'static str,
    pub(super) sms_phone: &'static str,
}

impl Texts {
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Ru => &RU,
            Language::Tg => &TG,
            Language::En => &EN,
        }
    }
}

static RU: Texts = Texts {
    sale: "Покупка {} с.",
    returned: "Возврат на {} с.",
    voided: "Покупка отменена кассой.",
    redeemed: "списано {}",
    accrued: "начислено {} бонуса",
    revoked: "отозвано {} бонуса",
    restored: "возвращено {} бонуса",
    welcome: "Вы в бонусной программе магазина.",
    welcome_bonus: "Подарок за вступление: {} бонуса.",
    referral: "Ваш друг сделал первую покупку: вам {} бонуса.",
    given: "Магазин начислил вам {} бонуса.",
    taken: "Магазин списал у вас {} бонуса.",
    phone: "Ваш номер в бонусной программе изменён: был …{}, стал …{}.",
    phone_frozen: "Сутки бонусы не списываются. Если это не вы, сразу скажите магазину.",
    expiring: "{} бонуса можно потратить по {} включительно, потом они сгорят.",
    balance: "Бонусов: {}",
    balance_part: "Бонусов: {}, из них доступно {}",
    sms_expiring: "{} бонуса сгорят {}. Потратьте их до этого дня.",
    sms_phone: "ваш номер бонусов теперь …{}. Не вы? Скажите магазину",
};

static TG: Texts = Texts {
    sale: "Харид {} с.",
    returned: "Баргардонидани мол ба {} с.",
    voided: "Хазина харидро бекор кард.",
    redeemed: "гирифта шуд {}",
    accrued: "илова шуд {} бонус",
    revoked: "бозпас гирифта шуд {} бонус",
    restored: "баргардонида шуд {} бонус",
    welcome: "Шумо дар барномаи бонусии мағоза ҳастед.",
    welcome_bonus: "Тӯҳфа барои ҳамроҳшавӣ: {} бонус.",
    referral: "Дӯсти шумо хариди аввалро кард: ба шумо {} бонус.",
    given: "Мағоза ба шумо {} бонус дод.",
    taken: "Мағоза аз шумо {} бонус гирифт.",
    phone: "Рақами шумо дар барномаи бонусӣ иваз шуд: …{} буд, …{} шуд.",
    phone_frozen: "Як шабонарӯз бонусҳо гирифта намешаванд. Агар ин шумо набошед, ба мағоза хабар диҳед.",
    expiring: "{} бонусро то {} (худи ҳамон рӯз ҳам) сарф кардан мумкин, баъд месӯзанд.",
    balance: "Бонусҳо: {}",
    balance_part: "Бонусҳо: {}, аз онҳо дастрас {}",
    sms_expiring: "{} бонус {} месӯзад. То он рӯз сарф кунед.",
    sms_phone: "рақами бонусии шумо акнун …{}. Шумо не? Ба мағоза гӯед",
};

static EN: Texts = Texts {
    sale: "Purchase {} TJS",
    returned: "Return of {} TJS",
    voided: "The till has undone the purchase.",
    redeemed: "spent {}",
    accrued: "earned {} bonuses",
    revoked: "taken back {} bonuses",
    restored: "given back {} bonuses",
    welcome: "You have joined the store's bonus programme.",
    welcome_bonus: "A gift for joining: {} bonuses.",
    referral: "Your friend made a first purchase: {} bonuses for you.",
    given: "The store gave you {} bonuses.",
    taken: "The store took {} bonuses from you.",
    phone: "Your phone in the bonus programme has changed from …{} to …{}.",
    phone_frozen: "No bonuses can be spent for a day. If it was not you, tell the store now.",
    expiring: "{} bonuses can be spent until {} inclusive, then they end.",
    balance: "Bonuses: {}",
    balance_part: "Bonuses: {}, of which {} available",
    sms_expiring: "{} bonuses end on {}. Spend them before.",
    sms_phone: "your bonus phone is now …{}. Not you? Tell the store",
};
