//! Tests of the command line: what it does, and harmful input that it refuses.

use std::process::Stdio;

use domain::Programme;
use testkit::{Shop, TestDatabase, on_both_engines};

use crate::process::{Process, bonex};
use crate::till::{PHONE, open};

fn run(database: &TestDatabase, arguments: &[&str]) -> (bool, String) {
    let output = bonex(database).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[on_both_engines]
async fn a_job_refuses_a_date_that_would_expire_all_bonuses(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    till.client_with(50).await;
    for job in ["expire-bonuses", "expiring-bonus-reminders"] {
        let (done, said) = run(&database, &[job, "--now", "2099-01-01T00:00:00Z"]);
        assert!(!done && said.contains("--dry-run"), "{said}");
        let (done, said) = run(
            &database,
            &[job, "--now", "2099-01-01T00:00:00Z", "--dry-run"],
        );
        assert!(done, "{said}");
    }
    let (done, said) = run(&database, &["expire-bonuses"]);
    assert!(done && said.contains("bonuses 0"), "{said}");
    assert_eq!(till.balance().await, 50);
}

#[on_both_engines]
async fn a_sweep_that_was_put_off_can_be_allowed_for_one_store(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let id = shop.register(PHONE).await.id;
    shop.sell(PHONE, "1000", "0", None).await.unwrap();
    let end =
        "UPDATE lots SET available_at = 0, expires_at = 1 WHERE tenant_id = $1 AND client_id = $2";
    shop.execute(end, id).await;
    let store = shop.till.tenant_id.to_string();
    let hint = format!("store {store} is put off: 50 of its 50 bonuses would end at once");
    for arguments in [
        vec!["expire-bonuses"],
        vec!["expire-bonuses", "--yes", "999"],
    ] {
        let (done, said) = run(&database, &arguments);
        assert!(
            !done && said.contains(&hint) && said.contains(&format!("--yes {store}")),
            "{said}"
        );
    }
    let (done, said) = run(&database, &["expire-bonuses", "--yes"]);
    assert!(!done && said.contains("<STORE>"), "{said}");
    let (done, said) = run(
        &database,
        &["expire-bonuses", "--yes", "999", "--yes", &store],
    );
    assert!(
        done && said.contains("clients 1, lots 1, bonuses 50"),
        "{said}"
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn concurrent_migrations_all_succeed(database: TestDatabase) {
    let migrating: Vec<_> = (0..16)
        .map(|_| {
            let mut migrate = bonex(&database);
            migrate
                .arg("migrate")
                .stdout(Stdio::null())
                .stderr(Stdio::piped());
            migrate.spawn().unwrap()
        })
        .collect();
    for child in migrating {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
    }
}

#[tokio::test]
async fn a_second_server_on_one_sqlite_file_is_refused() {
    let database = TestDatabase::sqlite();
    let first = Process::start(&database);
    let (done, said) = run(&database, &["serve"]);
    assert!(
        !done && said.contains("another `bonex serve` works on"),
        "{said}"
    );
    // Other commands run while a server serves, and after its end another server can start.
    let (done, said) = run(&database, &["migrate"]);
    assert!(done, "{said}");
    first.kill_9();
    drop(Process::start(&database));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_database_and_its_key() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::sqlite_in(folder.path());
    let mode = |name: &str| {
        let metadata = fs::metadata(folder.path().join(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    // An earlier version has created the files with these permissions.
    for name in ["bonex.db", "secret.key"] {
        let path = folder.path().join(name);
        let text = if name == "secret.key" {
            "ab".repeat(32)
        } else {
            String::new()
        };
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    }
    let mut serve = bonex(&database);
    serve
        .env_remove("BONEX_SECRET_KEY")
        .env("BONEX_DATA_DIR", folder.path());
    let _server = Process::start_as(serve.arg("serve"));
    for name in ["bonex.db", "bonex.db-wal", "bonex.db-shm", "secret.key"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
}

#[on_both_engines]
async fn the_operator_invites_an_owner(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let store = shop.till.tenant_id.to_string();
    let (done, said) = run(&database, &["invite-owner", &store, "Фирӯз"]);
    assert!(done, "{said}");
    let link = said.lines().next().unwrap();
    assert!(
        link.starts_with("http://127.0.0.1:0/panel/invitation/"),
        "{said}"
    );
    let secret = link.rsplit('/').next().unwrap();
    let found = backend::accounts::link(&shop.backend, secret)
        .await
        .unwrap();
    let found = found.expect("an invitation");
    assert_eq!(
        (found.role, found.name.as_str()),
        (domain::Role::Owner, "Фирӯз")
    );
    let named = [
        "--panel-host",
        "panel.bonex.test",
        "invite-owner",
        &store,
        "Фирӯз",
    ];
    let (done, said) = run(&database, &named);
    assert!(
        done && said.starts_with("https://panel.bonex.test/panel/invitation/"),
        "{said}"
    );
    for arguments in [
        ["invite-owner", "999", "Фирӯз"],
        ["invite-owner", &store, " "],
    ] {
        let (done, said) = run(&database, &arguments);
        assert!(!done, "{said}");
    }
    let (done, said) = run(&database, &["reset-second-step", "nobody"]);
    assert!(!done && said.contains("nobody"), "{said}");
    let twice = ["--panel-host", "a.tj", "--cash-host", "a.tj", "serve"];
    let (done, said) = run(&database, &twice);
    assert!(!done && said.contains("a.tj"), "{said}");
}

#[on_both_engines]
async fn the_operator_invites_an_admin(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let (done, said) = run(&database, &["invite-admin", "Анвар"]);
    assert!(done, "{said}");
    let link = said.lines().next().unwrap();
    assert!(
        link.starts_with("http://127.0.0.1:0/admin/invitation/"),
        "{said}"
    );
    let secret = link.rsplit('/').next().unwrap();
    let found = backend::accounts::admin_invitation(&shop.backend, secret)
        .await
        .unwrap();
    assert_eq!(found.expect("an invitation").name, "Анвар");
    let named = ["--admin-host", "admin.bonex.test", "invite-admin", "Анвар"];
    let (done, said) = run(&database, &named);
    assert!(
        done && said.starts_with("https://admin.bonex.test/admin/invitation/"),
        "{said}"
    );
    for arguments in [
        vec!["invite-admin", " "],
        vec!["reset-second-step", "--admin", "nobody"],
    ] {
        let (done, said) = run(&database, &arguments);
        assert!(!done, "{said}");
    }
    // The demo's admin has no app yet, so nothing is to be reset.
    let (done, said) = run(&database, &["provision-demo"]);
    assert!(done && said.contains("Admin console:"), "{said}");
    let (done, said) = run(&database, &["reset-second-step", "--admin", "admin"]);
    assert!(done && said.contains("was off already"), "{said}");
}

#[on_both_engines]
async fn the_operator_gives_an_admin_a_new_password(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let mut tx = shop.backend.db.begin().await.unwrap();
    let now = shop.backend.clock.now();
    backend::accounts::add_admin(&mut tx, "anvar", "correct horse battery", now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (done, said) = run(&database, &["new-admin-password", " ANVAR"]);
    assert!(done, "{said}");
    let link = said.lines().next().unwrap();
    assert!(
        link.starts_with("http://127.0.0.1:0/admin/invitation/"),
        "{said}"
    );
    let (done, said) = run(&database, &["new-admin-password", "nobody"]);
    assert!(!done && said.contains("nobody"), "{said}");
}

#[on_both_engines]
async fn the_runs_of_nightly_jobs_are_noted(database: TestDatabase) {
    use backend::health::{Outcome, health};

    let shop = Shop::open(&database, Programme::default()).await;
    let id = shop.register(PHONE).await.id;
    shop.sell(PHONE, "1000", "0", None).await.unwrap();
    for job in [
        "verify-ledger",
        "expire-bonuses",
        "expiring-bonus-reminders",
    ] {
        let (done, said) = run(&database, &[job]);
        assert!(done, "{said}");
    }
    for dry in ["expire-bonuses", "expiring-bonus-reminders"] {
        let (done, said) = run(&database, &[dry, "--dry-run"]);
        assert!(done, "{said}");
    }
    let known = health(&shop.backend).await.unwrap();
    for (job, runs) in &known.runs {
        assert_eq!(runs.len(), 1, "{job:?}: what changes nothing is not noted");
        assert_eq!(runs[0].outcome, Some(Outcome::Good), "{job:?}");
        assert!(runs[0].ended_at.is_some());
    }
    let figures = &known.runs[0].1[0].figures;
    assert!(figures.clients == 1 && figures.entries > 0, "{figures:?}");
    assert!(known.bytes > 0 && known.sizes.len() == 1);
    assert_eq!(known.schema, known.known_schema);
    assert_eq!(known.free_bytes.is_some(), database.is_sqlite());

    let spoil = "UPDATE clients SET balance_dirams = balance_dirams + 1
        WHERE tenant_id = $1 AND id = $2";
    shop.execute(spoil, id).await;
    let (done, said) = run(&database, &["verify-ledger"]);
    assert!(!done && said.contains("differences 1"), "{said}");
    let known = health(&shop.backend).await.unwrap();
    let last = &known.runs[0].1[0];
    assert_eq!(last.outcome, Some(Outcome::Faults));
    let store = &last.figures.stores[0];
    assert_eq!((store.store, store.faults), (shop.till.tenant_id, 1));
    assert!(store.first[0].contains("stored balance"), "{store:?}");
}

#[on_both_engines]
async fn a_job_runs_even_if_its_run_cannot_be_noted(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let drop = "DROP TABLE job_runs";
    shop.backend
        .db
        .writes()
        .execute(drop, ())
        .await
        .unwrap()
        .any();
    for job in [
        "verify-ledger",
        "expire-bonuses",
        "expiring-bonus-reminders",
    ] {
        let (done, said) = run(&database, &[job]);
        assert!(done, "{said}");
    }
}
