//! The modules in English.

use crate::panel::texts::modules::{CashierStepsTexts, ModuleTexts};

pub(super) const MODULES: ModuleTexts = ModuleTexts {
    about_one_c: "module with a guide",
    about_frontol: "script with a guide",
    kilobytes: "KB",
    download: "Download",
    taken: "downloaded {}",
    owner_only: "The owner downloads the files: they contain keys.",
    suspended: "The store is suspended. The files can be downloaded when it works again.",
    off: "The till is switched off: its file would not work.",
    switch_on: "Switch it on at its page",
    till_key: "This till’s key cannot be read: it was stored with another secret key of the server. Replace the till’s key, then download the file.",
    store_key: "The store’s key cannot be read: it was stored with another secret key of the server. Replace the store’s key, then download the file.",
    new_key: "Replace it",
    unreadable: "cannot be read, replace it",
    store_replaced: "The store’s key was replaced after the file for {} was downloaded: {}.",
    till_replaced: "The till’s key was replaced after the file for {} was downloaded: {}.",
    again: "Download the file again and install it on the till.",
    retype: "Type the new key at this till: step А7 in the file.",
    title: "File for {}",
    has_store_key: "The file contains the store’s key. Give it only to the person who sets the till up.",
    has_both_keys: "The file contains the store’s and the till’s key. Give it only to the person who sets the till up.",
    for_base: "The module is installed once in a 1C database. On each till’s computer its number and key are typed.",
    for_till: "The file is for this till only. Download another one for another till, or both will use one key.",
    written: "The journal will show who downloaded it and when.",
    take: "Download the file",
    back: "Back to integrations",
    then: "What comes next",
    then_one_c: [
        "Make a copy of the 1C database.",
        "Open the file in the 1C Designer or in Notepad. Section А leads you step by step, from А1 to А9.",
        "On the till’s computer type its number and key: step А7.",
        "Make a sale to a client. Each step is ticked here.",
    ],
    then_frontol: [
        "Move the file to the computer of this till.",
        "Open it in Notepad. Its beginning says where to connect it.",
        "Restart Frontol.",
        "Make a sale to a client. Each step is ticked here.",
    ],
    file_taken: "The till’s file is downloaded",
    file_missing: "Not yet. Download it below.",
    module_works: "The Bonex module works",
    module_missing: "Not yet. Install the downloaded file on the till.",
    newer: "there is a newer version of the module: {}",
    newer_advice: "Download the file again on the page “Integrations” and install it on the till.",
};

pub(super) const CASHIER_STEPS: CashierStepsTexts = CashierStepsTexts {
    title: "The cashier’s sheet",
    note: "Print the sheet and hang it up at the till.",
    heading: "A client’s bonuses in three steps",
    one_c: [
        "Enter the goods.",
        "Press «Bonex — клиент». Scan the QR code or the card, or type the phone. Enter redeems as much as possible, or type a sum.",
        "Press «Оплата». Take the rest in cash or by card and print the receipt.",
    ],
    one_c_notes: [
        "Wrong client: «Bonex — сброс», then «Bonex — клиент» again.",
        "No network: print the receipt as usual. Bonuses are added later, and cannot be redeemed now.",
        "The receipt was not printed: print it again. Bonuses are not redeemed twice.",
        "A return: give back as much money as the till shows.",
    ],
    frontol: [
        "Enter the goods.",
        "Scan the client’s QR code or card. Without a card press the key «Bonex» and type the phone. Type how many bonuses to redeem.",
        "Go to the payment. Take the rest in cash or by card and close the receipt.",
    ],
    frontol_notes: [
        "Wrong client: scan the right one, who takes the place of the first.",
        "No network: close the receipt as usual. Bonuses are added later, and cannot be redeemed now.",
        "The receipt was not printed: close it again. Bonuses are not redeemed twice.",
        "A return: give back as much money as the till shows.",
    ],
    trouble: "If something is wrong",
};
