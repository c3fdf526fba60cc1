//! The sale screen, and the sheets over it.

pub mod camera;
pub mod checking;
pub mod done;
pub mod history;
pub mod menu;
pub mod returns;
pub mod sale;
pub mod shift;
pub mod sign_in;
