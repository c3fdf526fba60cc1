//! The script for Frontol as a till gets it.

#![allow(clippy::unwrap_used, reason = "a failed step should fail the test")]

use integrations::{Till, VERSION, frontol};

const HOSTILE: &str =
    "*/ \"; '\\ %>{{API_URL}}{{TENANT_TOKEN}}\r\n</script>\u{2028}Касса №1 \u{1f600}";

fn till(name: &str) -> Till<'_> {
    Till {
        api_url: "https://api.bonex.one/api/v1",
        tenant_token: "tenant",
        cashier_token: "cashier",
        id: 2,
        name,
        branch: name,
        store: name,
        made_on: "27.11.2026",
    }
}

fn script(name: &str) -> String {
    String::from_utf8(frontol(&till(name))).unwrap()
}

#[test]
fn the_bytes_are_those_that_frontol_reads_on_every_computer() {
    let script = script("Касса 1");
    assert!(script.is_ascii());
    assert_eq!(script.matches('\n').count(), script.matches("\r\n").count());
    assert!(!script.contains("{{"), "a place was not filled in");
    let first = script.lines().next().unwrap();
    assert_eq!(
        first,
        format!(
            "// Bonex {VERSION} for Frontol 6. Made for till 2 (Kassa 1), Kassa 1, Kassa 1, on 27.11.2026."
        )
    );
    for line in [
        "var BONEX_API_URL = \"https://api.bonex.one/api/v1\";",
        "var BONEX_TENANT_TOKEN = \"tenant\";",
        "var BONEX_CASHIER_TOKEN = \"cashier\";",
        "var BONEX_CASHIER_NODE_ID = 2;",
    ] {
        assert!(script.contains(line), "{line}");
    }
}

/// Every function and setting that the public document names (seed, on Frontol).
#[test]
fn every_name_of_the_public_document_is_there_once() {
    let script = script("Касса 1");
    for name in [
        "SearchCardByPhone()",
        "AttachCard(card)",
        "EnterBonusPayment()",
        "BonexBeforeFiscalize()",
        "BeforeCheckClose(total)",
        "ApplySumDiscountToPosition(name)",
        "OnBonexBarcodeScanned(barcode)",
        "OnBonexPhoneEntered(phone)",
        "OnCheckOpened()",
        "OnNewDocument()",
        "HttpGet(path, wait)",
        "HttpPost(path, body, wait)",
        "GetTerminalId()",
    ] {
        let declared = format!("function {name} {{");
        assert_eq!(script.matches(&declared).count(), 1, "{declared}");
    }
    assert_eq!(script.matches("var BONEX_AUTO_REGISTER = true;").count(), 1);
}

#[test]
fn a_hostile_name_stays_in_its_place() {
    let (plain, hostile) = (script("Касса 1"), script(HOSTILE));
    assert!(hostile.is_ascii());
    assert_eq!(plain.lines().count(), hostile.lines().count());
    assert_eq!(
        plain.matches("tenant\"").count(),
        hostile.matches("tenant\"").count()
    );
}
