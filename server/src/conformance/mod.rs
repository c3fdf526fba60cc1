//! `bonex conformance`: runs the vectors of the contract against a server, for integrators of other
//! tills. It needs a till that is not bound to a device, sells a little to a client of its own, and
//! undoes all of it.

mod matching;
mod places;
mod run;
mod undo;
mod vectors;
mod words;

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use domain::Phone;

use crate::http_client::Api;
use run::Run;
use vectors::Language;

/// The options of `conformance`.
#[derive(Args)]
pub struct Conformance {
    /// Address of the API, such as `https://api.bonex.one/api/v1`
    #[arg(long, value_name = "URL")]
    url: String,
    /// Key of the store
    #[arg(
        long,
        env = "BONEX_TENANT_TOKEN",
        hide_env_values = true,
        value_name = "HEX"
    )]
    tenant_token: String,
    /// Key of a till that is not bound to a device
    #[arg(
        long,
        env = "BONEX_CASHIER_TOKEN",
        hide_env_values = true,
        value_name = "HEX"
    )]
    cashier_token: String,
    /// Phone of the client to whom the run sells; it begins with +992
    #[arg(long, default_value = "+992999999999", value_name = "PHONE")]
    phone: String,
    /// Language of the run's words
    #[arg(long, value_enum, default_value = "ru", value_name = "LANGUAGE")]
    language: Language,
}

impl Conformance {
    /// Runs the vectors, and prints how each has ended. Fails if one has failed.
    ///
    /// # Errors
    /// If an option is wrong.
    pub(crate) async fn run(&self) -> anyhow::Result<ExitCode> {
        let phone = Phone::parse(&self.phone)
            .ok()
            .context("--phone")?
            .to_string();
        anyhow::ensure!(phone.starts_with("+992"), "--phone must begin with +992");
        let vectors = vectors::read().context("docs/conformance.json")?;
        let api = Api::new(&self.url).context("--url")?;
        let keys = [&self.tenant_token, &self.cashier_token].map(|key| key.trim().to_owned());
        let run = Run::new(api, keys, &phone, self.language);
        run.all(&self.url, vectors).await
    }
}
