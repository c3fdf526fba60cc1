//! cashier-api
