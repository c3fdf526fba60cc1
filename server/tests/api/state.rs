//! The state of a store as a list of numbers. A test compares two lists to prove that nothing has
//! changed.

use testkit::Shop;

const FIGURES: [&str; 13] = [
    "SELECT COUNT(*) FROM clients WHERE tenant_id = $1",
    "SELECT COUNT(*) FROM sales WHERE tenant_id = $1",
    "SELECT COUNT(*) FROM sale_lines WHERE tenant_id = $1",
    "SELECT COUNT(*) FROM returns WHERE tenant_id = $1",
    "SELECT COUNT(*) FROM receipts WHERE tenant_id = $1",
    "SELECT COUNT(*) FROM entries WHERE tenant_id = $1",
    "SELECT COUNT(*) FROM lots WHERE tenant_id = $1",
    "SELECT COUNT(*) FROM allocations WHERE tenant_id = $1",
    "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1",
    "SELECT CAST(COALESCE(SUM(balance_dirams + 3 * debt_dirams + 5 * total_spent_dirams + 7 * last_seq \
     + 11 * purchase_count), 0) AS BIGINT) FROM clients WHERE tenant_id = $1",
    "SELECT CAST(COALESCE(SUM(seq * remaining_dirams), 0) AS BIGINT) FROM lots WHERE tenant_id = $1",
    "SELECT CAST(COALESCE(SUM(1 + quantity_thousandths), 0) AS BIGINT) FROM products \
     WHERE tenant_id = $1 AND deactivated_at IS NULL",
    "SELECT CAST(SUM(1 + device_mismatch_count) AS BIGINT) FROM cashier_nodes WHERE tenant_id = $1",
];

/// Returns the current figures of a store.
pub(crate) async fn state(shop: &Shop) -> Vec<i64> {
    let mut figures = Vec::new();
    for figure in FIGURES {
        figures.push(shop.number(figure).await);
    }
    figures
}
