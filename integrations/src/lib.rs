//! The modules for the tills of other programs. A module is a text in this folder, filled in for
//! one till when its owner downloads it (seed, on 1C and on Frontol).

mod frontol;
mod one_c;
mod template;

pub use frontol::frontol;
pub use one_c::{Configuration, one_c};

/// The version that each module sends in `User-Agent`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The till that a module is made for.
#[derive(Clone, Copy, Debug)]
pub struct Till<'a> {
    /// The address of the API, such as `https://api.bonex.one/api/v1`.
    pub api_url: &'a str,
    /// The store's key.
    pub tenant_token: &'a str,
    /// The till's key. Only the file for Frontol contains it.
    pub cashier_token: &'a str,
    /// The till's public number.
    pub id: i64,
    /// The till's name.
    pub name: &'a str,
    /// The name of the branch.
    pub branch: &'a str,
    /// The name of the store.
    pub store: &'a str,
    /// The local day on which the file was made, such as `27.11.2026`.
    pub made_on: &'a str,
}
