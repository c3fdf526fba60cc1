//! A shop with a real server.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use bsl::run::Request;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::network::exchange;

/// The engines that tests run on.
pub(crate) fn engines() -> Vec<&'static str> {
    let postgres = std::env::var_os("BONEX_TEST_POSTGRES").map(|_| "postgres");
    ["sqlite"].into_iter().chain(postgres).collect()
}

/// A sale as the server tells it: client, total and bonuses, in dirams.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sold {
    pub(crate) id: String,
    pub(crate) total: i64,
    pub(crate) redeemed: i64,
    pub(crate) accrued: i64,
    pub(crate) returned: i64,
    pub(crate) till: String,
}

pub(crate) struct Shop {
    pub(crate) port: u16,
    pub(crate) tenant_token: String,
    pub(crate) tills: Vec<(i64, String)>,
    pub(crate) phones: Vec<String>,
    folder: tempfile::TempDir,
    database: Option<String>,
    process: Child,
}

impl Shop {
    pub(crate) fn open(engine: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = (engine == "postgres").then(|| {
            let name = format!("one_c_{}_{}", std::process::id(), unique());
            let server = std::env::var("BONEX_TEST_POSTGRES").unwrap();
            psql(&server, &format!("CREATE DATABASE {name}"));
            let (base, _) = server.rsplit_once('/').unwrap();
            format!("{base}/{name}")
        });
        let bonex = |words: &[&str]| {
            let mut command = Command::new(program());
            command.args(words).current_dir(folder.path());
            if let Some(url) = &database {
                command
                    .env("DATABASE_URL", url)
                    .env("BONEX_SECRET_KEY", "7".repeat(64));
            }
            command
                .env("RUST_LOG", "error")
                .env("BONEX_LISTEN", "127.0.0.1:0")
                .env("BONEX_METRICS_LISTEN", "127.0.0.1:0")
                .env("BONEX_CASHIER_REQUESTS_PER_MINUTE", "1000000");
            command
        };
        assert!(
            bonex(&["migrate"])
                .stdout(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
        let demo = bonex(&["provision-demo", "--json"]).output().unwrap();
        let demo: Json = serde_json::from_slice(&demo.stdout).expect("the demo store");
        let mut process = bonex(&["serve"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let said = process.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut line).unwrap();
        let port = line
            .trim()
            .rsplit(':')
            .next()
            .unwrap()
            .parse()
            .expect("the port");
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        Self {
            port,
            tenant_token: text(&demo["tenant_token"]),
            tills: demo["cashiers"]
                .as_array()
                .unwrap()
                .iter()
                .map(|till| (till["id"].as_i64().unwrap(), text(&till["token"])))
                .collect(),
            phones: demo["clients"]
                .as_array()
                .unwrap()
                .iter()
                .map(|client| text(&client["phone"]))
                .collect(),
            folder,
            database,
            process,
        }
    }

    fn ask(&self, path: &str) -> Json {
        let (_, token) = &self.tills[1];
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let answer = exchange(&Request {
            method: "GET".to_owned(),
            host: "127.0.0.1".to_owned(),
            port: self.port,
            path: format!("/api/v1{path}"),
            headers: vec![
                header("X-Tenant-Token", &self.tenant_token),
                header("X-Cashier-Token", token),
                header("X-Device-Id", "observer"),
            ],
            body: Vec::new(),
            timeout: 5,
        });
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// Returns the sales of a client whose ids begin with this, the oldest first.
    pub(crate) fn sales(&self, phone: &str, ids: &str) -> Vec<Sold> {
        let answer = self.ask(&format!(
            "/cashier/client/{}/sales",
            phone.replace('+', "%2B")
        ));

        let sales = answer["data"]["sales"].as_array().unwrap().iter();
        let mut sales: Vec<Sold> = sales
            .map(|sale| Sold {
                id: sale["external_sale_id"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                total: dirams(&sale["total_amount"]),
                redeemed: dirams(&sale["bonus_redeemed"]),
                accrued: dirams(&sale["bonus_accrued"]),
                returned: dirams(&sale["returned_amount"]),
                till: sale["cashier_name"].as_str().unwrap().to_owned(),
            })
            .filter(|sale| sale.id.starts_with(ids))
            .collect();
        sales.sort_by(|one, two| one.id.cmp(&two.id));
        sales
    }

    /// Returns the name of the till that has recorded the only sale whose id begins with this.
    pub(crate) fn till_of(&self, phone: &str, ids: &str) -> String {
        let sales = self.sales(phone, ids);
        assert_eq!(sales.len(), 1);
        sales[0].till.clone()
    }

    /// Returns the balance of a client, in dirams.
    pub(crate) fn balance(&self, phone: &str) -> i64 {
        let answer = self.ask(&format!("/cashier/client/{}", phone.replace('+', "%2B")));
        dirams(&answer["data"]["bonus_balance"])
    }

    /// Checks that the ledger is what its entries say.
    pub(crate) fn verify(&self) {
        let mut command = Command::new(program());
        command
            .arg("verify-ledger")
            .current_dir(self.folder.path())
            .env("RUST_LOG", "error");
        if let Some(url) = &self.database {
            command
                .env("DATABASE_URL", url)
                .env("BONEX_SECRET_KEY", "7".repeat(64));
        }
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(said.contains("differences 0"), "{said}");
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if let Some(url) = &self.database {
            let name = url.rsplit('/').next().unwrap();
            let server = std::env::var("BONEX_TEST_POSTGRES").unwrap();
            psql(&server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// Returns a sum of an answer in dirams.
fn dirams(sum: &Json) -> i64 {
    let somoni: Decimal = sum.to_string().parse().unwrap();
    (somoni * Decimal::from(100)).round().try_into().unwrap()
}

fn psql(server: &str, statement: &str) {
    let status = Command::new("psql")
        .args([server, "-qc", statement])
        .status()
        .unwrap();
    assert!(status.success(), "{statement}");
}

/// The server's program, which the same build has made.
fn program() -> PathBuf {
    let this = std::env::current_exe().unwrap();
    let debug = this.parent().and_then(|deps| deps.parent()).unwrap();
    let program = debug.join("bonex");
    assert!(
        program.exists(),
        "build the server first: cargo build -p server"
    );
    program
}

/// Returns a number that this process has not used.
pub(crate) fn unique() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
