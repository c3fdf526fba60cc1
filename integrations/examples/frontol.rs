//! Prints the script for Frontol, for the tests that run it: API address, store's key, till's key,
//! till's number, till's name.

#![allow(clippy::print_stdout, reason = "it is a tool for the tests")]

use std::env;
use std::io::{Write as _, stdout};

use integrations::{Till, frontol};

fn main() -> std::io::Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let word = |place: usize| words.get(place).map_or("", String::as_str);
    let script = frontol(&Till {
        api_url: word(0),
        tenant_token: word(1),
        cashier_token: word(2),
        id: word(3).parse().unwrap_or_default(),
        name: word(4),
        branch: "Рудаки 12",
        store: "Магазин",
        made_on: "27.11.2026",
    });
    stdout().write_all(&script)
}
