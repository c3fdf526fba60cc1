//! Samples of the admin console's pages about the activity of tills.

use domain::sharing::{
    AddressPrefix, Binding, DeviceMark, Event, EventKind, Family, Finding, Level, Line, Mark,
    Program, Reason, Verdict, Weighed,
};
use domain::{Money, Timestamp};

use crate::admin::activity::normal::{self, Normal, NormalField};
use crate::admin::activity::signs::{self, SignRow, Signs};
use crate::admin::activity::strips::{self, Strips, TillRow};
use crate::admin::activity::till::{self, Device, Silenced, TillPage};
use crate::admin::activity::{Day, HOURS, Hour};
use crate::forms::{FormState, Problem};

use super::samples::{Page, Samples};

impl Samples {
    pub(super) fn activity_pages(&self) -> Vec<Page> {
        let chrome = self.admin();
        vec![
            ("live-activity", strips::html(&chrome, &self.strips())),
            (
                "live-no-activity",
                strips::html(
                    &chrome,
                    &Strips {
                        rows: Vec::new(),
                        ..self.strips()
                    },
                ),
            ),
            ("live-till", till::html(&chrome, &self.till_page())),
            ("live-signs", signs::html(&chrome, &self.signs())),
            (
                "live-no-signs",
                signs::html(
                    &chrome,
                    &Signs {
                        rows: Vec::new(),
                        ..self.signs()
                    },
                ),
            ),
            ("wrong-normal", normal::html(&chrome, &self.normal())),
        ]
    }

    fn day() -> Day {
        let mut day = [Hour::default(); HOURS];
        for (hour, place) in day.iter_mut().zip(0..) {
            hour.sales = place % 5;
            hour.refusals = i64::from(place == 7) * 3;
            hour.returns = i64::from(place == 9);
            hour.requests = hour.sales * 2 + hour.refusals + i64::from(place == 5);
        }
        day
    }

    fn strips(&self) -> Strips {
        let till = |id| TillRow {
            id,
            branch: self.text("Фирдавсӣ 41"),
            name: self.text("Касса 2"),
            program: Some(self.text("Frontol")),
            is_off: id == 4,
            day: Self::day(),
            checks: 66,
            sold: Money::from_somoni(5_012),
            judged: match id {
                1 => (Level::LooksShared, 150),
                2 => (Level::WorthALook, 40),
                _ => (Level::Nothing, 0),
            },
            silent_since: (id == 3).then(|| Self::ago(200)),
            seen_at: (id != 5).then(|| Self::ago(id)),
        };
        Strips {
            now: Self::now(),
            store_id: 7,
            store: self.text("Фаровон"),
            tills: 500,
            to_look_at: 2,
            checks: 612,
            sold: Money::from_somoni(48_312),
            rows: self.numbers().map(till).collect(),
            next: Some(100),
            is_continued: true,
        }
    }

    fn till_event(at: Timestamp, kind: EventKind) -> Event {
        Event {
            at,
            kind,
            prefix: AddressPrefix::V4([203, 0, 113]),
            program: Program {
                mark: Mark::from_bits(5),
                family: Family::of("Frontol 6"),
            },
            client: Some(Mark::from_bits(9)),
            receipt: Some(1_041),
            behind_seconds: Some(4),
            is_queued: false,
        }
    }

    fn verdict() -> Verdict {
        let device = DeviceMark::new(Mark::from_bits(3), "KASSA-a41f");
        let kinds = [
            EventKind::Lookup,
            EventKind::Sale,
            EventKind::Return,
            EventKind::Refused(device),
            EventKind::Other,
        ];
        let mut lines: Vec<Line> = kinds
            .into_iter()
            .map(|kind| Line::Event(Self::till_event(Self::ago(90), kind)))
            .collect();
        lines.extend([
            Line::Row {
                first: 1_029,
                last: 1_068,
            },
            Line::Day {
                midnight: Self::ago(3_000),
                hours: 21,
            },
            Line::Binding(Binding {
                at: Self::ago(4_000),
                device: device.mark(),
            }),
            Line::OldTicket(Self::ago(50)),
        ]);
        let weighed = |reason| Weighed {
            points: 50,
            finding: Finding {
                reason,
                points: 60,
                since: Self::ago(120),
                at: Self::ago(60),
                times: 17,
                lines: lines.clone(),
            },
        };
        Verdict {
            level: Level::LooksShared,
            points: 450,
            findings: Reason::ALL.into_iter().map(weighed).collect(),
        }
    }

    fn till_page(&self) -> TillPage {
        TillPage {
            now: Self::now(),
            store_id: 7,
            store: self.text("Фаровон"),
            id: 105,
            name: self.text("Касса 2"),
            branch: self.text("Фирдавсӣ 41"),
            program: Some(self.text("Frontol 6")),
            is_on: true,
            is_bound: true,
            verdict: Self::verdict(),
            silenced: vec![Silenced {
                reason: Reason::NeverCloses,
                until: Self::ago(-9_000),
                note: self.text("Аптека"),
                who: self.text("Анвар Саидов"),
            }],
            day: Self::day(),
            checks: 66,
            sold: Money::from_somoni(5_012),
            seen_at: Some(Self::ago(1)),
            last_sale: Some((Self::ago(3), Money::from_somoni(48))),
            clock_fast_seconds: Some(-4),
            devices: vec![Device {
                name: self.text("KASSA-F2"),
                bound_at: Some(Self::ago(90_000)),
                first_at: None,
                programs: vec!["Frontol".to_owned()],
                places: vec!["203.0.113.*".to_owned()],
                requests: 4_106,
                refusals: 0,
            }],
        }
    }

    fn signs(&self) -> Signs {
        let sign = |id| SignRow {
            store_id: id,
            store: self.text("Фаровон"),
            till_id: id,
            till: self.text("Касса 2"),
            level: Level::LooksShared,
            points: 150,
            reasons: Reason::ALL.to_vec(),
            at: Self::ago(12),
        };
        Signs {
            now: Self::now(),
            rows: self.numbers().map(sign).collect(),
            next: Some("40.7.105".to_owned()),
            is_continued: true,
        }
    }

    fn normal(&self) -> Normal {
        let mut form = FormState::new().with(NormalField::Note, self.text("Две смены"));
        form.wrong(NormalField::Note, Problem::Empty);
        Normal {
            store_id: 7,
            store: self.text("Фаровон"),
            till_id: 105,
            till: self.text("Фирдавсӣ 41, Касса 2"),
            reason: Reason::TwoPlaces,
            form,
        }
    }
}
