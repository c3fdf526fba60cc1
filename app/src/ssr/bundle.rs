//! What `make web` has built, as its manifest names it.

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
    /// Hash of what the bundle was made of: another one is another build.
    pub(super) inputs: String,
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

    /// JavaScript of a promise of the program's functions; the one called `default` loads the WebAssembly.
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

    /// The decoder's files, where this build has one.
    pub(super) fn scanner_urls(&self) -> Vec<String> {
        let files = self.scanner_js.iter().chain(self.scanner_wasm.iter());
        files.map(|name| cash_url(name)).collect()
    }
}

fn url(name: &str) -> String {
    format!("/pkg/{name}")
}

/// The same file below the cashier's page. A worker's own file, and what it loads, come by the service worker only
/// where they are in its scope, whichever page starts it.
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
    fn what_is_wrong_says_how_to_mend_it() {
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
