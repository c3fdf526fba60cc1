//! What clients read.

use super::*;

fn somoni(text: &str) -> Money {
    text.parse().unwrap()
}

fn about() -> About {
    About {
        store: "Фаровон".to_owned(),
        place: Some("ул. Рудаки 12".to_owned()),
        balance: somoni("250.75"),
        available: somoni("203"),
        now: Timestamp::parse_rfc3339("2026-06-02T09:30:00+05:00").unwrap(),
    }
}

fn shown(text: &str) -> String {
    text.replace(NBSP, " ")
}

fn every() -> Vec<Message> {
    let at = Timestamp::parse_rfc3339("2026-06-05T00:00:00+05:00").unwrap();
    vec![
        Message::Sale {
            total: somoni("1000"),
            accrued: somoni("47.75"),
            redeemed: somoni("45"),
        },
        Message::Return {
            amount: somoni("300"),
            revoked: somoni("15"),
            restored: Money::ZERO,
        },
        Message::Voided {
            revoked: somoni("47.75"),
            restored: somoni("45"),
        },
        Message::Welcome {
            bonus: somoni("20"),
        },
        Message::Referral {
            bonus: somoni("15"),
        },
        Message::Adjusted {
            change: Money::from_dirams(-500),
        },
        Message::PhoneChanged {
            old: "+992900000501".to_owned(),
            new: "+992918123456".to_owned(),
        },
        Message::Expiring {
            bonus: somoni("45"),
            at,
        },
    ]
}

#[test]
fn a_receipt_says_what_changed_then_the_balance_and_what_is_held() {
    let [sale, goods, ..] = &every()[..] else {
        panic!("messages")
    };
    assert_eq!(
        shown(&chat(Language::Ru, sale, &about())),
        "Фаровон, ул. Рудаки 12\nПокупка 1 000,00 с.\nСписано 45,00 · начислено 47,75 бонуса\n\
         Бонусов: 250,75, из них доступно 203,00"
    );
    assert_eq!(
        shown(&chat(Language::Ru, goods, &about())),
        "Фаровон, ул. Рудаки 12\nВозврат на 300,00 с.\nОтозвано 15,00 бонуса\n\
         Бонусов: 250,75, из них доступно 203,00"
    );
    let all = About {
        available: somoni("250.75"),
        place: None,
        ..about()
    };
    let plain = Message::Sale {
        total: somoni("10"),
        accrued: Money::ZERO,
        redeemed: Money::ZERO,
    };
    assert_eq!(
        shown(&chat(Language::Ru, &plain, &all)),
        "Фаровон\nПокупка 10,00 с.\nБонусов: 250,75"
    );
}

#[test]
fn a_reminder_names_the_last_day_and_fits_one_part() {
    let every = every();
    let expiring = every.last().unwrap();
    let text = shown(&chat(Language::Ru, expiring, &about()));
    assert!(
        text.contains("45,00 бонуса можно потратить по 4 июня включительно"),
        "{text}"
    );
    assert_eq!(
        sms(Language::Ru, expiring, &about()).unwrap(),
        "«Фаровон»: 45,00 бонуса сгорят 05.06. Потратьте их до этого дня."
    );
    let long = About {
        store: "Сеть супермаркетов «Фаровон и сыновья»".to_owned(),
        ..about()
    };
    for language in Language::ALL {
        for store in [about(), long.clone()] {
            let text = sms(language, expiring, &store).unwrap();
            assert!(text.chars().count() <= SMS_PART, "{text}");
        }
    }
}

#[test]
fn every_message_is_short_and_is_said_in_three_languages() {
    let longest = About {
        store: "Ф".repeat(200),
        place: Some("у".repeat(200)),
        balance: somoni("9999999.99"),
        available: somoni("9999999.98"),
        ..about()
    };
    for message in every() {
        let said = Language::ALL.map(|language| chat(language, &message, &longest));
        for text in &said {
            assert!(
                text.chars().count() <= 300,
                "{} {text}",
                text.chars().count()
            );
            assert!(!text.contains("{}"), "{text}");
        }
        assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2]);
    }
}

#[test]
fn nobody_learns_the_whole_of_another_phone() {
    let every = every();
    let changed = &every[6];
    for language in Language::ALL {
        let text = chat(language, changed, &about());
        let sms = sms(language, changed, &about()).unwrap();
        for text in [text, sms] {
            assert!(
                !text.contains("900000501") && !text.contains("918123456"),
                "{text}"
            );
            assert!(text.contains("3456"), "{text}");
        }
    }
    assert_eq!(sms(Language::Ru, &every[0], &about()), None);
}
