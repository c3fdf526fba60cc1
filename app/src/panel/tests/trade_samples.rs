//! Samples of the pages about sales and goods.

use domain::{Money, Quantity};

use super::samples::{Page, Samples};
use crate::forms::{FormState, Problem};
use crate::panel::goods::{self, Article, Goods, GoodsField, SwitchOff};
use crate::panel::sales::{self, Document, Fate, Kind, Sales, SalesField, SalesTotals};
use crate::panel::small_documents::{LoneReturn, Receipt, receipt_html, return_html};
use crate::panel::urls::Url;

impl Samples {
    pub(super) fn trade_pages(&self) -> Vec<Page> {
        let chrome = self.chrome();
        vec![
            ("wrong-sales", sales::html(&chrome, &self.sales())),
            ("return", return_html(&chrome, &self.lone_return())),
            ("receipt", receipt_html(&chrome, &self.receipt())),
            ("goods", goods::html(&chrome, &self.goods())),
        ]
    }

    fn sales(&self) -> Sales {
        let kinds = Kind::ALL.into_iter().cycle();
        let row = |(id, kind): (i64, Kind)| Document {
            kind,
            href: Url::Sale(id).to_string(),
            at: Self::ago(id * 20),
            number: Some(self.text("002641")),
            branch: self.text("Рудаки 12"),
            till: self.text("Касса 1"),
            cashier: Some(self.text("Зебо")),
            client: (kind != Kind::Receipt).then(|| {
                let name = (id % 2 == 0).then(|| self.text("Мадина Раҳимова"));
                (id, name, "+992900000501".to_owned())
            }),
            total: Money::from_dirams(114_500),
            accrued: Money::from_dirams(if kind == Kind::Sale { 5_725 } else { 0 }),
            redeemed: Money::from_dirams(if kind == Kind::Redemption { 3_000 } else { 0 }),
            fate: match id % 9 {
                0 => Fate::AllReturned,
                1 => Fate::Void,
                _ => Fate::Valid,
            },
        };
        let mut filter = FormState::new()
            .with(SalesField::From, "2026-06-05")
            .with(SalesField::To, "2026-06-05")
            .with(SalesField::Number, self.text("7"))
            .with(SalesField::Client, "5");
        filter.wrong(SalesField::From, Problem::DaysReversed);
        Sales {
            now: Self::now(),
            filter,
            branches: vec![(1, self.text("Рудаки 12"))],
            tills: vec![(101, self.text("Рудаки 12, Касса 1"))],
            client: Some(self.text("Мадина Раҳимова")),
            totals: (self.rows > 50).then(|| SalesTotals {
                purchases: 612,
                sold: Money::from_dirams(4_831_240),
                returns: 3,
                returned: Money::from_dirams(25_010),
                accrued: Money::from_dirams(241_562),
                redeemed: Money::from_dirams(60_000),
            }),
            is_too_long: true,
            searched_until: Some(Self::ago(86_400)),
            rows: self.numbers().zip(kinds).map(row).collect(),
            next: Some("9".to_owned()),
            is_continued: true,
        }
    }

    fn goods(&self) -> Goods {
        let row = |id: i64| Article {
            sku: self.text("4600000000017"),
            name: self.text("Рис «Девзира», 5 кг"),
            category: (id % 2 == 0).then(|| self.text("Крупы")),
            quantity: Quantity::from_thousandths(2_050 * (id - 1)),
            stock_days: (id % 3 > 0).then_some(id),
            last_sold_at: (id % 3 > 0).then(|| Self::ago(id * 900)),
            is_off: id % 5 == 0,
            synced_at: Self::ago(90),
        };
        Goods {
            now: Self::now(),
            filter: FormState::new()
                .with(GoodsField::Search, self.text("рис"))
                .with(GoodsField::Category, self.text("Крупы")),
            counts: [1_240, 87, 12, 640],
            synced_at: Some(Self::ago(90)),
            coverage: (3, 5),
            switch_off: Some(SwitchOff {
                at: Self::ago(90),
                before: 1_200,
                off: 640,
            }),
            may_change: true,
            rows: self.numbers().map(row).collect(),
            has_more: true,
            is_continued: true,
        }
    }

    fn lone_return(&self) -> LoneReturn {
        let sale = self.sale();
        LoneReturn {
            now: sale.now,
            number: sale.external_id,
            till: sale.till,
            client: sale.client,
            figures: sale.returns[0],
        }
    }

    fn receipt(&self) -> Receipt {
        let sale = self.sale();
        Receipt {
            now: sale.now,
            at: sale.at,
            number: sale.external_id,
            till: sale.till,
            total: sale.total,
            voided_at: Some(Self::now()),
        }
    }
}
