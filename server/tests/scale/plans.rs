//! What SQLite plans for a statement.

use backend::db::Db;

/// Steps of plans that may read more than rows of one store, each with the reason.
const ALLOWED: [(&str, &str); 5] = [
    (
        "(token_hash=?)",
        "a token is looked for before the store is known",
    ),
    (
        "(login=?)",
        "a login is looked for before the store is known",
    ),
    (
        "(subject=?)",
        "guesses are counted before the store is known",
    ),
    ("(rowid=?)", "one row, found by its number"),
    ("(id=?)", "one row, found by its number"),
];

/// Returns the steps of the plan that read a whole table, or rows of other stores.
pub(crate) async fn faults(db: &Db, statement: &str) -> Vec<String> {
    let kinds = ["SELECT", "WITH", "UPDATE", "DELETE"];
    if !kinds
        .iter()
        .any(|kind| statement.trim_start().starts_with(kind))
    {
        return Vec::new();
    }
    let steps = steps(db, statement).await.into_iter();
    steps.filter(|step| is_fault(step, statement)).collect()
}

/// Returns the steps of the plan.
pub(crate) async fn steps(db: &Db, statement: &str) -> Vec<String> {
    let explain = format!("EXPLAIN QUERY PLAN {statement}").leak();
    let steps = db.reads().fetch_all(explain, ()).await;
    let steps: Vec<(i64, i64, i64, String)> =
        steps.unwrap_or_else(|error| panic!("{error}: {statement}"));
    steps.into_iter().map(|(_, _, _, step)| step).collect()
}

fn is_fault(step: &str, statement: &str) -> bool {
    let mut words = step.split(' ');
    let (verb, name) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    // Rows that the statement has made itself: a subquery, a common table expression.
    let is_made = |before: &str, after: &str| statement.contains(&format!("{before}{name}{after}"));
    let is_derived = name.starts_with('(')
        || is_made("", " AS (")
        || is_made("", " AS MATERIALIZED (")
        || is_made("RECURSIVE ", " (")
        || is_made(") AS ", "")
        || step.contains("VIRTUAL TABLE")
        || step.contains("CONSTANT ROW");
    match verb {
        "SCAN" => !is_derived,
        "SEARCH" => {
            let is_allowed = ALLOWED.iter().any(|(allowed, _)| step.contains(allowed));
            !is_derived && !is_allowed && !step.contains("(tenant_id=?")
        }
        _ => false,
    }
}

#[test]
fn scans_are_faults() {
    let sql = "WITH RECURSIVE hours (at) AS (SELECT 1), days AS MATERIALIZED (SELECT 1) \
               SELECT 1 FROM sales JOIN (SELECT 2) AS other";
    for (step, fault) in [
        ("SCAN sales", true),
        ("SCAN sales USING COVERING INDEX sales_by_day", true),
        (
            "SEARCH sales USING INDEX sales_by_day (tenant_id=? AND happened_at>?)",
            false,
        ),
        ("SEARCH sales USING INDEX by_moment (happened_at>?)", true),
        ("SEARCH tenants USING INTEGER PRIMARY KEY (rowid=?)", false),
        (
            "SEARCH sales USING AUTOMATIC COVERING INDEX (client_id=?)",
            true,
        ),
        ("SCAN days", false),
        ("SCAN hours", false),
        (
            "SEARCH other USING AUTOMATIC COVERING INDEX (client_id=?)",
            false,
        ),
        ("SCAN json_each VIRTUAL TABLE INDEX 1:", false),
        ("SCAN CONSTANT ROW", false),
        ("USE TEMP B-TREE FOR ORDER BY", false),
    ] {
        assert_eq!(is_fault(step, sql), fault, "{step}");
    }
}
