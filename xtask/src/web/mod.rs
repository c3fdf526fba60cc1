//! The web bundle: `frontend` as WebAssembly, the style sheet and the icon, named by content.

mod compile;
mod publish;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use compile::Target;
use publish::{File, Manifest, Publisher};

/// Raised when the steps below change what they make of the same input.
const PIPELINE_VERSION: &str = "1";

/// How to build the bundle and where to put it.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Compile quickly and leave the WebAssembly unoptimised: for work on the pages.
    #[arg(long)]
    dev: bool,
    /// Directory of `manifest.json` and `pkg/` [default: `site` in cargo's target directory].
    #[arg(long, value_name = "DIRECTORY")]
    site_dir: Option<PathBuf>,
}

/// Builds the bundle, or says that it is up to date.
pub(crate) fn build(root: &Path, options: &Options) -> Result<()> {
    let target = Target::of(root)?;
    let site_dir = options
        .site_dir
        .clone()
        .unwrap_or_else(|| target.directory.join("site"));

    println!("web: compiling frontend for the browser");
    let wasm = target.compile_frontend(options.dev)?;
    let css = compile::style(root)?;
    let icon = fs::read(root.join("style/icon.svg")).context("style/icon.svg")?;

    let inputs = inputs_hash(options.dev, [&wasm, css.as_bytes(), &icon]);
    if publish::is_up_to_date(&site_dir, &inputs) {
        println!("web: {} is up to date", site_dir.display());
        return Ok(());
    }

    println!("web: binding to JavaScript");
    let mut bound = compile::bind(wasm, &target.directory)?;
    if !options.dev {
        println!("web: optimising with wasm-opt (about 15 seconds)");
        bound.wasm = compile::optimise(root, &target.directory, &bound.wasm)?;
    }

    println!("web: compressing");
    let publisher = Publisher::new(&site_dir)?;
    let manifest = Manifest {
        js: publisher.add(&File::new("js", bound.js.into_bytes()))?,
        wasm: publisher.add(&File::new("wasm", bound.wasm))?,
        css: publisher.add(&File::new("css", css.into_bytes()))?,
        icon: publisher.add(&File::new("svg", icon))?,
        inputs,
    };
    publisher.finish(&manifest)?;
    println!("web: ready in {}", site_dir.display());
    Ok(())
}

/// What the bundle is made of: equal hashes make equal bundles.
fn inputs_hash(dev: bool, parts: [&[u8]; 3]) -> String {
    let hashes = parts.map(publish::hash).join(" ");
    publish::hash(format!("{PIPELINE_VERSION} {dev} {hashes}").as_bytes())
}
