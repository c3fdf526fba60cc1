//! How large the store is.

/// The size of the large demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// The branches, among which the tills are divided.
    pub branches: usize,
    /// The tills.
    pub tills: usize,
    /// The clients.
    pub clients: usize,
    /// The sales; there are fewer returns and receipts beside them.
    pub sales: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            branches: 10,
            tills: 100,
            clients: 10_000,
            sales: 1_000_000,
        }
    }
}
