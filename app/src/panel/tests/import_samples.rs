//! Samples of the pages about importing and exporting clients, and about cards.

use domain::imports::{Column, Fault, Line};
use domain::{CardNumber, FieldError, Money, Phone};

use super::samples::{Page, Samples};
use crate::forms::{FormState, Problem};
use crate::panel::card_print::{self, CardSheets, ClientCard};
use crate::panel::cards::{self, Batch, Cards, ReserveField};
use crate::panel::export_clients::{self, ExportClients};
use crate::panel::give_card::{self, GiveCard, GiveField};
use crate::panel::import::{self, AppliedImport, Refused, UploadField};
use crate::panel::import_preview::{
    self, ApplyField, FaultyLine, ImportPreview, Letters, Separation, Sums,
};
use crate::panel::import_reading::{self, ImportReading, ReadingField};

impl Samples {
    pub(super) fn import_pages(&self) -> Vec<Page> {
        let chrome = self.chrome();
        let mut upload = FormState::new();
        upload.wrong(UploadField::File, Refused::Workbook.problem(self.language));
        let mut changed = FormState::<ApplyField>::new();
        changed.refused(Problem::Changed);
        let filter = vec![("q".to_owned(), self.text("Зебо"))];
        let applied = AppliedImport {
            file_name: self.text("clients-1c.csv"),
            new: 1_214,
            changed: 28,
            opening: Money::from_dirams(1_842_050),
        };
        vec![
            ("import", import::html(&chrome, &FormState::new())),
            ("refused-import", import::html(&chrome, &upload)),
            ("import-done", import::applied_html(&chrome, &applied)),
            (
                "import-preview",
                import_preview::html(&chrome, &self.preview(FormState::new())),
            ),
            (
                "import-changed",
                import_preview::html(&chrome, &self.preview(changed)),
            ),
            (
                "wrong-import-reading",
                import_reading::html(&chrome, &self.reading()),
            ),
            (
                "export",
                export_clients::html(&chrome, &ExportClients { filter }),
            ),
            ("wrong-cards", cards::html(&chrome, &self.cards())),
            (
                "card-sheets",
                card_print::sheets_html(&chrome, &self.sheets()),
            ),
            (
                "client-card",
                card_print::client_html(&chrome, &self.client_card()),
            ),
            ("wrong-give-card", give_card::html(&chrome, &self.give())),
        ]
    }

    fn card() -> CardNumber {
        CardNumber::parse("001-0000123").unwrap()
    }

    fn preview(&self, form: FormState<ApplyField>) -> ImportPreview {
        let faults = [
            Fault::PhoneLength(6),
            Fault::PhoneAgain(88),
            Fault::LetterO(Column::Balance, Money::from_somoni(105)),
            Fault::Negative(Column::Balance),
            Fault::Rounded(Column::Phone),
            Fault::NotACard,
            Fault::OpenQuote(7),
            Fault::OtherCard(Self::card()),
        ];
        let line = |(number, fault): (i64, &Fault)| FaultyLine {
            number: usize::try_from(number).unwrap() * 17,
            text: self.text("Ҷӯра Ғафуров; 90 12 34; 1O5,00"),
            fault: fault.clone(),
        };
        let read = |(name, phone): (&str, &str)| Line {
            phone: Phone::parse(phone).unwrap(),
            name: Some(self.text(name)),
            balance: Money::from_dirams(6_450),
            spent: Money::from_somoni(300),
            card: Some(Self::card()),
        };
        ImportPreview {
            now: Self::now(),
            id: 7,
            file_name: self.text("clients-1c.csv"),
            uploaded: (self.text("Лола Назарова"), Self::ago(5)),
            sums: Sums {
                lines: 1_248,
                ready: 1_242,
                new: 1_214,
                changed: 20,
                unchanged: 8,
                opening: Money::from_dirams(1_842_050),
                collecting: 2,
                on_top: Money::from_somoni(40),
                spent: Money::from_somoni(120_000),
            },
            seen: "1248.1214.20.8.1842050.12000000".to_owned(),
            expires_at: Some(Self::now().plus_days(180)),
            faults: self
                .numbers()
                .zip(faults.iter().cycle())
                .map(line)
                .collect(),
            next: Some(1_102),
            is_continued: true,
            sample: [
                ("Абдулло Каримзода", "900006102"),
                ("Фарзона Ниёзова", "910002077"),
                ("Сӯҳроб Латифӣ", "920004519"),
            ]
            .map(read)
            .into(),
            reading: (Separation::Semicolon, Letters::Windows1251),
            unread: vec![self.text("Дата рождения")],
            form,
        }
    }

    fn reading(&self) -> ImportReading {
        let mut form = FormState::new()
            .with(ReadingField::Encoding, "windows-1251")
            .with(ReadingField::Separator, "semicolon")
            .with(ReadingField::Headings, "on");
        form.wrong(ReadingField::Phone, Problem::Unknown);
        let row = || vec![self.text("Зебо"), "901234567".to_owned(), "5".to_owned()];
        ImportReading {
            id: 7,
            file_name: self.text("clients-1c.csv"),
            headings: vec![self.text("Кто"), self.text("Номер"), self.text("Сколько")],
            rows: (0..3).map(|_| row()).collect(),
            needs_phone: true,
            form,
        }
    }

    fn cards(&self) -> Cards {
        let mut form = FormState::new()
            .with(ReserveField::Count, "9000")
            .with(ReserveField::Note, self.text("Типография, июнь"));
        form.wrong(ReserveField::Count, Problem::Above(5_000));
        let batch = |id: i64| Batch {
            id,
            cards: 500,
            free: 480 - id,
            note: self.text("Типография, июнь"),
            who: self.text("Фирӯз Каримов"),
            at: Self::ago(id * 60),
        };
        Cards {
            now: Self::now(),
            free: 1_480,
            batches: self.numbers().map(batch).collect(),
            form: Some(form),
        }
    }

    fn sheets(&self) -> CardSheets {
        let card = |number: i64| CardNumber::new(1, u32::try_from(number).unwrap() * 7_919);
        CardSheets {
            id: 3,
            cards: self.numbers().filter_map(card).collect(),
            next: Some(Self::card()),
            is_continued: true,
        }
    }

    fn client_card(&self) -> ClientCard {
        ClientCard {
            id: 42,
            name: self.text("Парвиз Солиев"),
            card: Self::card(),
        }
    }

    fn give(&self) -> GiveCard {
        let mut form = FormState::new().with(GiveField::Card, self.text("001-0000007"));
        let problem = give_card::problem(self.language, FieldError::CardTaken);
        form.wrong(GiveField::Card, problem);
        GiveCard {
            id: 42,
            name: self.text("Парвиз Солиев"),
            card: Self::card(),
            form,
        }
    }
}
