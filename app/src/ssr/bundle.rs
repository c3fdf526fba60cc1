//! The output of `make web`, as described by its manifest.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The file names of one build, relative to `/pkg/`.
#[derive(Debug, Deserialize)]
pub(super) struct Bundle {
    /// The script that loads the WebAssembly. Its global `bonex` has a function for each page.
    pub(super) js: String,
    pub(super) wasm: String,
    pub(super) css: String,
    pub(super) icon: String,
    /// The worker that decodes camera frames, and its WebAssembly.
    pub(super) scanner_js: Option<String>,
    pub(super) scanner_wasm: Option<String>,
    /// The hash of the bundle's inputs, which identifies the build.
    pub(super) inputs: String,
}

/// The reason why the pages cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The manifest is missing or unreadable: no bundle has been built here.
    #[error("no web bundle at {path}: run `make web` ({source})")]
    Missing {
        /// The expected path of the manifest.
        path: PathBuf,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// The manifest exists, but it is not a manifest of a bundle.
    #[error("the web bundle's {path} is damaged: run `make web` ({source})")]
    Damaged {
        /// The path of the manifest.
        path: PathBuf,
        /// The error in it.
        source: serde_json::Error,
    },
    /// The manifest names a file that does not exist.
    #[error("the web bundle is incomplete, {path} is missing: run `make web`")]
    Incomplete {
        /// The missing file.
        path: PathBuf,
    },
}

impl Bundle {
    /// Reads `manifest.json` of a site directory and checks that every file in it exists.
    pub(super) fn read(site_dir: &Path) -> Result<Self, SiteError> {
        let path = site_dir.join("manifest.json");
        let text = std::fs::read_to_string(&path).map_err(|source| SiteError::Missing {
            path: path.clone(),
            source,
        })?;
        let bundle: Self =
            serde_json::from_str(&text).map_err(|source| SiteError::Damaged { path, source })?;
        for name in bundle.names() {
            let path = site_dir.join("pkg").join(name);
            if !path.is_file() {
                return Err(SiteError::Incomplete { path });
            }
        }
        Ok(bundle)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        [&self.js, &self.wasm, &self.css, &self.icon]
            .into_iter()
            .chain(self.scanner_js.iter())
            .chain(self.scanner_wasm.iter())
            .map(String::as_str)
    }

    pub(super) fn js_url(&self) -> String {
        url(&self.js)
    }

    /// Returns JavaScript for a promise of the program's functions; the function `default` loads
    /// the WebAssembly.
    pub(super) fn js_load(&self) -> String {
        format!(
            "new Promise((loaded, failed) => document.head.append(Object.assign(\
             document.createElement('script'), {{ src: '{js}', onerror: failed, \
             onload() {{ loaded({{ default: bonex, ...bonex }}); }} }})))",
            js = self.js_url()
        )
    }

    pub(super) fn wasm_url(&self) -> String {
        url(&self.wasm)
    }

    pub(super) fn css_url(&self) -> String {
        url(&self.css)
    }

    pub(super) fn icon_url(&self) -> String {
        url(&self.icon)
    }

    pub(super) fn scanner_js_url(&self) -> Option<String> {
        self.scanner_js.as_deref().map(cash_url)
    }

    /// Returns the decoder's files, if this build has a decoder.
    pub(super) fn scanner_urls(&self) -> Vec<String> {
        let files = self.scanner_js.iter().chain(self.scanner_wasm.iter());
        files.map(|name| cash_url(name)).collect()
    }
}

fn url(name: &str) -> String {
    format!("/pkg/{name}")
}

/// Returns the same file under the cashier's path. A worker and the files that it loads go through
/// the service worker only if they are in its scope, no matter which page starts them.
fn cash_url(name: &str) -> String {
    format!("/cash/pkg/{name}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const MANIFEST: &str =
        r#"{"js": "a.js", "wasm": "a.wasm", "css": "a.css", "icon": "a.svg", "inputs": "0a"}"#;

    #[test]
    fn a_complete_bundle_is_read() {
        let site = tempfile::tempdir().unwrap();
        fs::write(site.path().join("manifest.json"), MANIFEST).unwrap();
        fs::create_dir(site.path().join("pkg")).unwrap();
        for name in ["a.js", "a.wasm", "a.css", "a.svg"] {
            fs::write(site.path().join("pkg").join(name), "").unwrap();
        }
        let bundle = Bundle::read(site.path()).unwrap();
        assert_eq!(bundle.wasm, "a.wasm");
    }

    #[test]
    fn an_error_says_how_to_fix_the_bundle() {
        let site = tempfile::tempdir().unwrap();
        let manifest = site.path().join("manifest.json");

        let missing = Bundle::read(site.path()).unwrap_err();
        fs::write(&manifest, "{}").unwrap();
        let damaged = Bundle::read(site.path()).unwrap_err();
        fs::write(&manifest, MANIFEST).unwrap();
        let incomplete = Bundle::read(site.path()).unwrap_err();

        assert!(matches!(missing, SiteError::Missing { .. }));
        assert!(matches!(damaged, SiteError::Damaged { .. }));
        assert!(
            matches!(&incomplete, SiteError::Incomplete { path } if path.ends_with("pkg/a.js"))
        );
        for error in [missing, damaged, incomplete] {
            assert!(error.to_string().contains("run `make web`"));
        }
    }
}
