//! Compiles the style sheet of the panel into the server, so that these pages work without the web
//! bundle.

use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=../style/console.scss");
    println!("cargo:rerun-if-changed=../style/console");
    println!("cargo:rerun-if-changed=../style/tokens.scss");
    #[cfg(feature = "ssr")]
    if let Err(error) = compile() {
        println!("cargo::error={error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Writes `console.css`, and gives the hash of its content to the crate as `CONSOLE_HASH`.
#[cfg(feature = "ssr")]
fn compile() -> Result<(), Box<dyn std::error::Error>> {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    let css = grass::from_path("../style/console.scss", &options)?;
    let mut hasher = DefaultHasher::new();
    css.hash(&mut hasher);
    println!("cargo:rustc-env=CONSOLE_HASH={:016x}", hasher.finish());
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(std::path::Path::new(&folder).join("console.css"), css)?;
    Ok(())
}
