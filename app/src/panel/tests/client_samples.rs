//! Samples of the pages that change a client.

use domain::Money;

use super::samples::{Page, Samples};
use crate::forms::{FormState, Problem};
use crate::panel::client_erase::{self, ClientErase};
use crate::panel::client_merge::{self, ClientMerge, MergeField, Merged, Merging};
use crate::panel::client_phone::{self, ClientPhone, PhoneField};

impl Samples {
    pub(super) fn client_pages(&self) -> Vec<Page> {
        let chrome = self.chrome();
        vec![
            (
                "wrong-phone",
                client_phone::html(&chrome, &self.client_phone()),
            ),
            ("merge", client_merge::html(&chrome, &self.client_merge())),
            ("erase", client_erase::html(&chrome, &self.client_erase())),
        ]
    }

    fn client_phone(&self) -> ClientPhone {
        let mut form = FormState::new().with(PhoneField::Phone, self.text("90"));
        form.wrong(PhoneField::Phone, Problem::NotAPhone);
        ClientPhone {
            id: 5,
            name: Some(self.text("Мадина Раҳимова")),
            phone: "+992900000501".to_owned(),
            form,
            taken_by: Some(6),
            may_merge: true,
        }
    }

    fn merging(&self, id: i64) -> Merging {
        Merging {
            id,
            name: Some(self.text("Мадина Раҳимова")),
            phone: "+992900000501".to_owned(),
            balance: Money::from_dirams(21_867),
            spent: Money::from_dirams(585_340),
            purchases: 5,
        }
    }

    fn client_merge(&self) -> ClientMerge {
        let merged = Merged {
            balance: Money::from_dirams(43_734),
            spent: Money::from_dirams(1_170_680),
            purchases: 10,
            welcome_cancelled: Money::from_somoni(10),
            referral_cancelled: Money::from_somoni(5),
            is_blocked: true,
        };
        ClientMerge {
            into: self.merging(5),
            found: Some((self.merging(6), merged)),
            form: FormState::new().with(MergeField::With, self.text("900000502")),
        }
    }

    fn client_erase(&self) -> ClientErase {
        ClientErase {
            id: 5,
            name: Some(self.text("Мадина Раҳимова")),
            phone: "+992900000501".to_owned(),
            balance: Money::from_dirams(21_867),
        }
    }
}
