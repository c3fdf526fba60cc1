//! The directory that cargo builds into.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::command::cargo;

/// Cargo's target directory for the workspace.
pub(crate) struct Target {
    pub(crate) directory: PathBuf,
}

impl Target {
    /// Asks cargo, because the directory can be set in several places.
    pub(crate) fn of(root: &Path) -> Result<Self> {
        let mut cargo = cargo(root);
        cargo.args(["metadata", "--no-deps", "--format-version=1"]);
        let output = cargo.output().context("cannot start cargo")?;
        ensure!(output.status.success(), "cargo metadata failed");
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let directory = metadata
            .get("target_directory")
            .and_then(serde_json::Value::as_str)
            .context("cargo metadata contains no target directory")?;
        Ok(Self {
            directory: directory.into(),
        })
    }

    /// Returns the path of a program of the dev profile.
    pub(crate) fn debug(&self, program: &str) -> PathBuf {
        self.directory.join("debug").join(program)
    }

    /// Returns the path of a program of the release profile.
    pub(crate) fn release(&self, program: &str) -> PathBuf {
        self.directory.join("release").join(program)
    }
}
