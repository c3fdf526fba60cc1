//! The programme: its form, its versions, and the sale that follows it.

use app::Language;
use app::forms::{Field, FormState};
use app::panel::programme_form::{ProgrammeField, TierPart, form_of};
use backend::programme::{self, Version};
use backend::tills::{Credentials, authenticate};
use domain::sales::CheckSums;
use domain::{BasisPoints, Money, Role};
use reqwest::StatusCode;
use testkit::{TestDatabase, money, on_both_engines};

use crate::browser::{Answer, Browser, PASSWORD, Server};

/// The names of the fields that are not parts of tiers.
const FIELDS: [&str; 17] = [
    "version",
    "bonus",
    "min",
    "base",
    "redeem",
    "hold",
    "hold-unit",
    "expiry",
    "reminder",
    "welcome",
    "welcome-min",
    "return-days",
    "return",
    "second-days",
    "second",
    "referral",
    "password",
];

pub(crate) type Form = FormState<ProgrammeField>;

pub(crate) async fn newest(server: &Server) -> Version {
    let tenant_id = server.shop.till.tenant_id;
    programme::version(&server.shop.backend, tenant_id)
        .await
        .unwrap()
}

/// Returns the form as the page shows it.
pub(crate) async fn form(server: &Server) -> Form {
    let version = newest(server).await;
    form_of(&version.programme, version.number, Language::Ru)
}

/// Returns the form as a browser sends it, with another cashback.
pub(crate) async fn programme_pairs(server: &Server, bonus: &str) -> Vec<(&'static str, String)> {
    let form = form(server).await.with(ProgrammeField::BonusPercent, bonus);
    let fields = FIELDS.into_iter();
    let fields = fields.filter_map(|name| Some((name, ProgrammeField::parse(name)?)));
    let pairs = fields.map(|(name, field)| (name, form.value(field).to_owned()));
    pairs.filter(|(_, value)| !value.is_empty()).collect()
}

/// Sends every field of the form.
pub(crate) async fn send(browser: &mut Browser, path: &str, form: &Form) -> Answer {
    let rows = 0..app::panel::programme_form::MAX_TIERS;
    let parts = [
        TierPart::Id,
        TierPart::Name,
        TierPart::Colour,
        TierPart::From,
        TierPart::Bonus,
        TierPart::MaxRedeem,
        TierPart::Remove,
    ];
    let tiers = rows.flat_map(|row| parts.map(|part| ProgrammeField::Tier(row, part)));
    let fields = FIELDS.into_iter().filter_map(ProgrammeField::parse);
    let pairs: Vec<(String, String)> = fields
        .chain(tiers)
        .map(|field| (field.name().into_owned(), form.value(field).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(path, &pairs).await
}

async fn save(browser: &mut Browser, form: &Form) -> Answer {
    send(browser, "/panel/programme", form).await
}

#[on_both_engines]
async fn a_saved_programme_is_a_version_and_the_next_sale_follows_it(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let page = owner.get("/panel/programme").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Версия\u{a0}1"), "{}", page.body);
    let changed = form(&server)
        .await
        .with(ProgrammeField::BonusPercent, "5,5")
        .with(ProgrammeField::MinPurchase, "1 000")
        .with(ProgrammeField::Tier(0, TierPart::Name), "<b>Gold</b>")
        .with(ProgrammeField::Tier(0, TierPart::From), "5 000")
        .with(ProgrammeField::Tier(0, TierPart::Bonus), "7");
    let saved = save(&mut owner, &changed).await;
    assert_eq!(saved.location(), "/panel/programme", "{}", saved.body);
    let version = newest(&server).await;
    assert_eq!((version.number, version.who.as_str()), (2, "Фирӯз"));
    assert_eq!(version.programme.bonus_percent, BasisPoints::new(550));
    assert_eq!(version.programme.min_purchase, Money::from_somoni(1_000));
    assert_eq!(version.programme.tiers[0].color, "#9aa5b1");

    let shop = &server.shop;
    let credentials = Credentials {
        tenant_token: Some(&shop.tenant_token),
        cashier_token: Some(&shop.cashier_token),
        device_id: Some("test"),
    };
    let till = authenticate(&shop.backend, credentials).await.unwrap();
    shop.register("900000001").await;
    let sums = CheckSums {
        total: money("2000"),
        ..CheckSums::default()
    };
    let mut sale = shop.sale("900000001", sums, None);
    sale.till = &till;
    let sold = shop.backend.run(&sale).await.unwrap().into_inner();
    assert_eq!(sold.bonus_accrued, money("110"));

    let page = owner.get("/panel/programme/versions/2").await;
    let words = page.body.replace('\u{a0}', " ");
    assert!(words.contains("5 % → 5,5 %"), "{words}");
    assert!(words.contains("10,00 сом. → 1 000,00 сом."), "{words}");
    assert!(
        words.contains("Уровень «&lt;b&gt;Gold&lt;/b&gt;»"),
        "{words}"
    );
    assert!(!words.contains("<b>Gold"), "{words}");
    let journal = owner
        .get("/panel/journal")
        .await
        .body
        .replace('\u{a0}', " ");
    assert!(journal.contains("Кэшбэк 5 % → 5,5 %"), "{journal}");
    assert!(journal.contains("/panel/programme/versions/2"), "{journal}");
    assert_eq!(
        owner.get("/panel/programme/versions/3").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(server.acts().await[0], "programme_saved");
}

#[on_both_engines]
async fn saving_twice_makes_one_version_and_an_old_tab_is_told(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut first = server.person(Role::Owner, "first").await;
    let mut second = server.person(Role::Owner, "second").await;
    let opened = form(&server).await;
    let ours = opened.clone().with(ProgrammeField::BonusPercent, "6");
    assert_eq!(save(&mut first, &ours).await.status, StatusCode::SEE_OTHER);
    // A double click, and an unchanged form.
    assert_eq!(save(&mut first, &ours).await.status, StatusCode::SEE_OTHER);
    let same = form(&server).await;
    assert_eq!(save(&mut first, &same).await.status, StatusCode::SEE_OTHER);
    assert_eq!(newest(&server).await.number, 2);

    // The other owner's tab was opened before that, and changes another field.
    let theirs = opened.with(ProgrammeField::MinPurchase, "30");
    let told = save(&mut second, &theirs).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.body.contains("вышла новая версия"), "{}", told.body);
    assert!(told.body.contains("value=\"30\""), "{}", told.body);
    assert!(
        told.body.contains("value=\"6\""),
        "the field of the first owner is taken over"
    );
    assert_eq!(newest(&server).await.number, 2);
    let again = form(&server).await.with(ProgrammeField::MinPurchase, "30");
    assert_eq!(
        save(&mut second, &again).await.status,
        StatusCode::SEE_OTHER
    );
    let version = newest(&server).await;
    assert_eq!(version.number, 3);
    assert_eq!(
        version.programme.bonus_percent,
        BasisPoints::from_percent(6)
    );
    assert_eq!(version.programme.min_purchase, Money::from_somoni(30));
    let saved = server
        .acts()
        .await
        .into_iter()
        .filter(|act| act == "programme_saved");
    assert_eq!(saved.count(), 2);
}

#[on_both_engines]
async fn of_two_owners_who_save_at_once_one_is_told(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owners = Vec::new();
    for login in ["a", "b", "c", "d"] {
        owners.push(server.person(Role::Owner, login).await);
    }
    let opened = form(&server).await;
    let mut saving = tokio::task::JoinSet::new();
    for (percent, mut owner) in (6..).zip(owners) {
        let form = opened
            .clone()
            .with(ProgrammeField::BonusPercent, percent.to_string());
        saving.spawn(async move { save(&mut owner, &form).await.status });
    }
    let mut statuses = saving.join_all().await;
    statuses.sort();
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    assert_eq!(statuses, [StatusCode::SEE_OTHER, refused, refused, refused]);
    assert_eq!(newest(&server).await.number, 2);
}

#[on_both_engines]
async fn a_refused_programme_says_so_at_each_field_and_changes_nothing(database: TestDatabase) {
    use ProgrammeField as F;
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let open = form(&server).await;
    let tier = |form: Form, row, name: &str, from: &str| {
        form.with(F::Tier(row, TierPart::Name), name)
            .with(F::Tier(row, TierPart::From), from)
    };
    let cases = [
        (
            open.clone().with(F::BonusPercent, "100,01"),
            "Не больше 100",
        ),
        (
            open.clone().with(F::BonusPercent, "-1"),
            "не может быть меньше нуля",
        ),
        (
            open.clone().with(F::MinPurchase, "1.000,00"),
            "Введите число",
        ),
        (open.clone().with(F::ExpiryDays, "1"), "раньше"),
        (open.clone().with(F::AccrualBase, "<script>"), "Выберите"),
        (
            open.clone().with(F::WelcomeBonus, "9".repeat(40)),
            "Введите число",
        ),
        (
            tier(open.clone(), 0, &"я".repeat(41), "5"),
            "Слишком длинно",
        ),
        (tier(open.clone(), 0, "", "5000"), "Заполните"),
        (
            tier(tier(open.clone(), 0, "A", "5"), 1, "B", "5,00"),
            "с одной суммы",
        ),
    ];
    for (form, words) in cases {
        for path in ["/panel/programme", "/panel/programme/preview"] {
            let told = send(&mut owner, path, &form).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            assert!(told.body.contains(words), "{words}: {}", told.body);
            assert!(!told.body.contains("<script>"));
        }
    }
    for (bonus, redeem) in [("0", "0"), ("100", "100"), ("", "")] {
        let edge = form(&server)
            .await
            .with(F::BonusPercent, bonus)
            .with(F::MaxRedeemPercent, redeem);
        assert_eq!(save(&mut owner, &edge).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(newest(&server).await.number, 4);
}

#[on_both_engines]
async fn tiers_are_kept_in_order_and_a_removed_one_goes(database: TestDatabase) {
    use ProgrammeField as F;
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let hostile = "\u{202e}Gold\u{1f4b0}\u{1f4b0} \"><img>";
    let two = form(&server)
        .await
        .with(F::Tier(0, TierPart::Name), hostile)
        .with(F::Tier(0, TierPart::From), "5000")
        .with(F::Tier(1, TierPart::Name), "Silver")
        .with(F::Tier(1, TierPart::From), "1000");
    assert_eq!(save(&mut owner, &two).await.status, StatusCode::SEE_OTHER);
    let tiers = newest(&server).await.programme.tiers;
    let names: Vec<&str> = tiers.iter().map(|tier| tier.name.as_str()).collect();
    assert_eq!(names, ["Silver", hostile]);
    let page = owner.get("/panel/programme").await;
    assert!(!page.body.contains("<img>"), "{}", page.body);
    let one = form(&server).await.with(F::Tier(1, TierPart::Remove), "on");
    assert_eq!(save(&mut owner, &one).await.status, StatusCode::SEE_OTHER);
    let page = owner.get("/panel/programme/versions/3").await;
    assert!(page.body.contains("→ нет"), "{}", page.body);
    assert_eq!(newest(&server).await.programme.tiers.len(), 1);
}

#[on_both_engines]
async fn others_read_the_programme_and_cannot_change_it(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut accountant = server.person(Role::Accountant, "accountant").await;
    let page = accountant.get("/panel/programme").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("disabled"), "{}", page.body);
    assert!(!page.body.contains("Сохранить программу"), "{}", page.body);
    let mut manager = server.person(Role::Manager, "manager").await;
    let form = form(&server).await.with(ProgrammeField::BonusPercent, "50");
    assert_eq!(
        save(&mut manager, &form).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(newest(&server).await.number, 1);
}

#[on_both_engines]
async fn the_password_is_asked_in_the_form_and_nothing_typed_is_lost(database: TestDatabase) {
    use ProgrammeField as F;
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    server.shop.clock.advance(901);
    let page = owner.get("/panel/programme").await;
    assert!(page.body.contains("введите свой пароль"), "{}", page.body);
    let typed = form(&server).await.with(F::BonusPercent, "6,25");
    for password in ["", "wrong password"] {
        let told = save(&mut owner, &typed.clone().with(F::Password, password)).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(told.body.contains("value=\"6,25\""), "{}", told.body);
        assert!(!told.body.contains("wrong password"));
    }
    assert_eq!(newest(&server).await.number, 1);
    let saved = save(&mut owner, &typed.with(F::Password, PASSWORD)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(newest(&server).await.number, 2);
}
