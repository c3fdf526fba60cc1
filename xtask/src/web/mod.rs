//! The web bundle: the files of the pages and of the scanner, with names that contain a hash of
//! their content.

mod compile;
mod pages;
mod publish;
mod scanner;

use std::path::{Path, PathBuf};

use anyhow::Result;

use compile::Compiler;
use pages::Pages;
use publish::Publisher;
use scanner::Scanner;

/// The version of the build steps. Increase it when they produce another output from the same
/// input.
const PIPELINE_VERSION: &str = "7";

/// The options of the build of the bundle.
#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Compile quickly and do not optimise the WebAssembly, for work on the pages.
    #[arg(long)]
    dev: bool,
    /// Build only the scanner, for its bench.
    #[arg(skip)]
    scanner_only: bool,
    /// Directory of `manifest.json` and `pkg/` [default: `site` in cargo's target directory].
    #[arg(long, value_name = "DIRECTORY")]
    site_dir: Option<PathBuf>,
}

impl Options {
    /// Returns the options to build only the scanner, into `site_dir`.
    pub(crate) fn scanner_only(site_dir: PathBuf) -> Self {
        Self {
            scanner_only: true,
            site_dir: Some(site_dir),
            ..Self::default()
        }
    }
}

/// Builds the bundle unless it is up to date.
pub(crate) fn build(root: &Path, options: &Options) -> Result<()> {
    let compiler = Compiler::of(root)?;
    let site_dir = options
        .site_dir
        .clone()
        .unwrap_or_else(|| compiler.directory.join("site"));

    let scanner = Scanner::compile(root, &compiler)?;
    let pages = if options.scanner_only {
        None
    } else {
        Some(Pages::compile(root, &compiler, options.dev)?)
    };

    let mut inputs = scanner.inputs().to_vec();
    inputs.extend(pages.iter().flat_map(Pages::inputs));
    let inputs = inputs_hash(options.dev, &inputs);
    if publish::is_up_to_date(&site_dir, &inputs) {
        println!("web: {} is up to date", site_dir.display());
        return Ok(());
    }

    let mut publisher = Publisher::new(&site_dir)?;
    scanner.publish(&compiler, options.dev, &mut publisher)?;
    if let Some(pages) = pages {
        pages.publish(&compiler, options.dev, &mut publisher)?;
    }
    publisher.finish(&inputs)?;
    println!("web: ready in {}", site_dir.display());
    Ok(())
}

/// Returns a hash of everything that the bundle is built from: equal hashes mean equal bundles.
fn inputs_hash(dev: bool, parts: &[&[u8]]) -> String {
    let hashes: Vec<String> = parts.iter().map(|part| publish::hash(part)).collect();
    publish::hash(format!("{PIPELINE_VERSION} {dev} {}", hashes.join(" ")).as_bytes())
}
