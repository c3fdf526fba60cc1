//! The statements that pages really run, from the log of the database driver.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry;

/// The target under which the driver logs each statement.
const TARGET: &str = "sqlx::query";

/// The statements of the pages, each with the first page that ran it.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Gathered>>);

#[derive(Default)]
struct Gathered {
    page: Option<String>,
    statements: BTreeMap<String, String>,
}

impl Log {
    /// Makes this process log to a new log. The driver logs in threads of its own.
    pub(crate) fn install() -> Self {
        let log = Self::default();
        tracing::subscriber::set_global_default(registry().with(log.clone())).unwrap();
        log
    }

    /// Gathers statements for a page from now on.
    pub(crate) fn begin(&self, page: &str) {
        self.0.lock().unwrap().page = Some(page.to_owned());
    }

    /// Returns everything that was gathered.
    pub(crate) async fn end(&self) -> BTreeMap<String, String> {
        // The driver logs a statement after its last row.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let mut gathered = self.0.lock().unwrap();
        gathered.page = None;
        std::mem::take(&mut gathered.statements)
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != TARGET {
            return;
        }
        let mut statement = Statement::default();
        event.record(&mut statement);
        let mut gathered = self.0.lock().unwrap();
        if let Some(page) = gathered.page.clone() {
            gathered.statements.entry(statement.text()).or_insert(page);
        }
    }
}

/// The fields of an event: the whole text, unless the summary is the whole text.
#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Statement {
    fn text(self) -> String {
        if self.whole.trim().is_empty() {
            self.summary
        } else {
            self.whole
        }
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
