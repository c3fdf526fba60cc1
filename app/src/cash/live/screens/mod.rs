//! The screens of the till: the sign-in, the sale, and the sheets shown over the sale.

pub mod camera;
pub mod checking;
pub mod done;
pub mod history;
pub mod menu;
pub mod returns;
pub mod sale;
pub mod scan;
pub mod shift;
pub mod sign_in;
