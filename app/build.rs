//! Compiles the style sheet of the consoles into the server, so that these pages work without the
//! web bundle, and names their files by their content.

use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=../style/console.scss");
    println!("cargo:rerun-if-changed=../style/console");
    println!("cargo:rerun-if-changed=../style/tokens.scss");
    println!("cargo:rerun-if-changed=src/page/refresh.js");
    #[cfg(feature = "ssr")]
    if let Err(error) = compile() {
        println!("cargo::error={error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

#[cfg(feature = "ssr")]
fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Writes `console.css`, and gives the hashes of its content and of the script to the crate as
/// `CONSOLE_HASH` and `REFRESH_HASH`.
#[cfg(feature = "ssr")]
fn compile() -> Result<(), Box<dyn std::error::Error>> {
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    let css = grass::from_path("../style/console.scss", &options)?;
    println!("cargo:rustc-env=CONSOLE_HASH={:016x}", hash(&css));
    let script = std::fs::read_to_string("src/page/refresh.js")?;
    println!("cargo:rustc-env=REFRESH_HASH={:016x}", hash(&script));
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(std::path::Path::new(&folder).join("console.css"), css)?;
    Ok(())
}
