//! The files of the pages: `frontend` as WebAssembly, the style sheet and the icon.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::compile::{self, Compiler, Loader, Profile};
use super::publish::Publisher;

/// The compiled parts, before they get their JavaScript and their names.
pub(super) struct Pages {
    wasm: Vec<u8>,
    css: String,
    icon: Vec<u8>,
}

impl Pages {
    pub(super) fn compile(root: &Path, compiler: &Compiler<'_>, dev: bool) -> Result<Self> {
        println!("web: compiling frontend for the browser");
        let profile = if dev { Profile::Dev } else { Profile::Release };
        Ok(Self {
            wasm: compiler.compile("frontend", profile)?,
            css: compile::style(root)?,
            icon: fs::read(root.join("style/icon.svg")).context("style/icon.svg")?,
        })
    }

    /// Returns everything that the published files depend on.
    pub(super) fn inputs(&self) -> [&[u8]; 3] {
        [&self.wasm, self.css.as_bytes(), &self.icon]
    }

    pub(super) fn publish(
        self,
        compiler: &Compiler<'_>,
        dev: bool,
        publisher: &mut Publisher<'_>,
    ) -> Result<()> {
        println!("web: binding the frontend to JavaScript");
        let mut bound = compile::bind("bonex", self.wasm, Loader::Page("bonex"))?;
        if !dev {
            println!("web: optimising it with wasm-opt (about 15 seconds) and terser");
            // `--flatten` and `--rereloop` rebuild the control flow, which makes the file 1 %
            // smaller. Of all combinations tried, these passes produce the smallest file.
            let passes = ["--flatten", "--rereloop", "-Os", "-Oz", "--converge"];
            bound.wasm = compiler.optimise(&passes, &bound.wasm)?;
            bound.js = compiler.minify(&bound.js)?;
        }
        publisher.add("js", ("bonex", "js"), bound.js.as_bytes())?;
        publisher.add("wasm", ("bonex", "wasm"), &bound.wasm)?;
        publisher.add("css", ("bonex", "css"), self.css.as_bytes())?;
        publisher.add("icon", ("bonex", "svg"), &self.icon)?;
        Ok(())
    }
}
