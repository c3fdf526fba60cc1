//! Every page of the panel, and the stores of the admin console, on a store of 100 tills and 10,000
//! clients: what is sent stays small, and no statement reads rows of other stores or a whole table.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed step should fail the test"
)]

mod admin;
mod plans;
mod statements;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use app::panel::urls::ALL_PATTERNS;
use axum::extract::Request;
use backend::demo::{self, DemoStore, Made, Size};
use backend::secrets::SecretKey;
use backend::{Backend, SystemClock};
use server::App;
use server::config::Limits;
use server::router::router;
use testkit::TestDatabase;
use testkit::panel::Person;
use tokio::net::TcpListener;

/// The most bytes of a page as it is sent.
const MOST_BYTES: usize = 50 * 1024;

/// What the pages of an admin may read: all stores and their owners, which are few, the tills that
/// are worth a look, the rows of the platform itself, and an end of the index of waiting messages.
const PLATFORM: [&str; 13] = [
    "SCAN tenants",
    "SCAN panel_users",
    "SCAN admins",
    "SEARCH admins",
    "SEARCH till_signs USING INDEX till_signs_to_look_at",
    "SCAN admin_invitations",
    "SEARCH admin_",
    "SEARCH platform_entries USING INDEX platform_entries_by_age",
    "SEARCH job_runs USING INDEX job_runs_by_job",
    "SCAN database_sizes",
    "SCAN outbox USING COVERING INDEX outbox_due",
    "SCAN _sqlx_migrations",
    "SEARCH _sqlx_migrations",
];

/// The bytes do not depend on the engine, and only SQLite explains its plans in a stable form.
#[tokio::test]
async fn every_page_is_small_and_reads_no_whole_table() {
    let log = statements::Log::install();
    let database = TestDatabase::sqlite();
    let (backend, store) = large_store(&database).await;
    let origin = serve(backend.clone()).await;
    let login = &store.panel;
    let person = Person::sign_in(&origin, &login.login, &login.password).await;
    let person = person.unwrap();
    let tenant = "SELECT tenant_id FROM panel_users WHERE login = $1";
    let tenant = backend.db.reads().fetch_one(tenant, (&login.login,)).await;
    let (tenant_id,): (i64,) = tenant.unwrap();

    log.begin("/panel/sign-in");
    let walk = person
        .walk(&backend.db, tenant_id, ALL_PATTERNS)
        .await
        .unwrap();
    let missing = &walk.missing;
    assert!(missing.is_empty(), "no page and no sample: {missing:?}");
    assert!(walk.pages.len() > 10, "{walk:?}");

    let mut faults = Vec::new();
    for page in &walk.pages {
        log.begin(&page.path);
        let answer = person.get(&page.path, "gzip").await.unwrap();
        if answer.body.len() > MOST_BYTES && !page.path.contains("as=") {
            faults.push(format!("{}: {} bytes", page.path, answer.body.len()));
        }
    }
    let admin = Person::admin(&backend, &origin).await.unwrap();
    let till = "SELECT MIN(id) FROM cashier_nodes WHERE tenant_id = $1";
    let till = backend.db.reads().fetch_one(till, (tenant_id,)).await;
    let (till,): (i64,) = till.unwrap();
    for path in admin::pages(tenant_id, till) {
        log.begin(&path);
        let answer = admin.get(&path, "gzip").await.unwrap();
        assert!(answer.status.is_success(), "{path}: {}", answer.status);
        let bytes = answer.body.len();
        if bytes > MOST_BYTES && !path.contains("as=") {
            faults.push(format!("{path}: {bytes} bytes"));
        }
    }
    let statements = log.end().await;
    assert!(statements.len() > 10, "{statements:?}");
    let sums = statements
        .keys()
        .find(|text| text.contains("AS sold_dirams"));
    let sums = plans::steps(&backend.db, sums.unwrap()).await;
    let of_today = |step: &&String| step.contains("(tenant_id=? AND happened_at>?)");
    assert_eq!(sums.iter().filter(of_today).count(), 2, "{sums:?}");
    for (statement, page) in statements {
        for fault in plans::faults(&backend.db, &statement).await {
            let is_platform = PLATFORM.into_iter().any(|scan| fault.starts_with(scan));
            if page.starts_with("/admin") && is_platform {
                continue;
            }
            faults.push(format!("{page}: {fault}\n{statement}"));
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n\n")
    );
}

async fn large_store(database: &TestDatabase) -> (Backend, DemoStore) {
    let secrets = SecretKey::from_text(&"7".repeat(64)).unwrap();
    let backend = Backend::open_for_jobs(database.url(), secrets, Arc::new(SystemClock));
    let backend = backend.await.unwrap();
    backend.migrate().await.unwrap();
    demo::provision(&backend).await.unwrap();
    let size = Size {
        sales: 20_000,
        ..Size::default()
    };
    let Made::New(store) = demo::provision_large(&backend, size, &|_, _| {})
        .await
        .unwrap()
    else {
        panic!("a new database had a large store");
    };
    (backend, *store)
}

async fn serve(backend: Backend) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let million = NonZeroU32::new(1_000_000).unwrap();
    let limits = Limits {
        cashier_requests_per_minute: million,
        wrong_tokens_per_minute: million,
        stock_lists_per_hour: million,
        behind_proxy: false,
    };
    let app = App::new(backend, limits, format!("{origin}/api/v1"));
    let service = router(app, None);
    tokio::spawn(async move {
        let service = <_ as axum::ServiceExt<Request>>::into_make_service_with_connect_info::<
            SocketAddr,
        >(service);
        axum::serve(listener, service).await
    });
    origin
}
