//! Compiles the crate again when a migration changes, because it contains them.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
