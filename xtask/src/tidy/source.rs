//! The files of the repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// A file of the repository; `text` is empty if the file is not UTF-8.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

pub(super) fn read_sources(root: &Path) -> Result<Vec<Source>> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root)
        .output()
        .context("cannot start git")?;
    ensure!(output.status.success(), "git ls-files failed");
    let sources: Vec<Source> = String::from_utf8(output.stdout)?
        .split_terminator('\0')
        // A deleted file may still be in the index.
        .filter_map(|path| {
            let bytes = fs::read(root.join(path)).ok()?;
            Some(Source {
                path: path.to_owned(),
                text: String::from_utf8(bytes).unwrap_or_default(),
            })
        })
        .collect();
    ensure!(!sources.is_empty(), "git tracks no files here");
    Ok(sources)
}

impl Source {
    /// Returns whether the file is Rust.
    pub(super) fn is_rust(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == "rs")
    }
}
