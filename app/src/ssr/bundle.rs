//! What `make web` has built, as its manifest names it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The file names of one build, relative to `/pkg/`.
#[derive(Debug, Deserialize)]
pub(super) struct Bundle {
    /// The module that loads the WebAssembly and exports `hydrate`.
    pub(super) js: String,
    pub(super) wasm: String,
    pub(super) css: String,
    pub(super) icon: String,
}

/// Why the pages cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The manifest is absent or unreadable: nothing has been built here.
    #[error("no web bundle at {path}: run `make web` ({source})")]
    Missing {
        /// The manifest that was looked for.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// The manifest is there but is not one of ours.
    #[error("the web bundle's {path} is damaged: run `make web` ({source})")]
    Damaged {
        /// The manifest that was read.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The manifest names a file that is not there.
    #[error("the web bundle is incomplete, {path} is missing: run `make web`")]
    Incomplete {
        /// The missing file.
        path: PathBuf,
    },
}

impl Bundle {
    /// Reads `manifest.json` of a site directory and sees that every file it names exists.
    pub(super) fn read(site_dir: &Path) -> Result<Self, SiteError> {
        let path = site_dir.join("manifest.json");
        let text = std::fs::read_to_string(&path).map_err(|source| SiteError::Missing {
            path: path.clone(),
            source,
        })?;
        let bundle: Self =
            serde_json::from_str(&text).map_err(|source| SiteError::Damaged { path, source })?;
        for name in [&bundle.js, &bundle.wasm, &bundle.css, &bundle.icon] {
            let path = site_dir.join("pkg").join(name);
            if !path.is_file() {
                return Err(SiteError::Incomplete { path });
            }
        }
        Ok(bundle)
    }
}
