//! The files of the scanner, which reads QR codes and barcodes: `scanner` as WebAssembly, and one
//! module with wasm-bindgen's JavaScript and the worker.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::compile::{self, Compiler, Loader, Profile};
use super::publish::Publisher;

/// The placeholder in `worker.js` for the name of the WebAssembly.
const WASM_PLACE: &str = "SCANNER_WASM";

/// The compiled parts, before they get their JavaScript and their names.
pub(super) struct Scanner {
    wasm: Vec<u8>,
    worker: String,
}

impl Scanner {
    /// Compiles the scanner, always optimised: without optimisation a frame would take seconds.
    pub(super) fn compile(root: &Path, compiler: &Compiler<'_>) -> Result<Self> {
        println!("web: compiling the scanner for the browser");
        let worker = fs::read_to_string(root.join("scanner/worker.js"));
        Ok(Self {
            wasm: compiler.compile("scanner", Profile::Release)?,
            worker: worker.context("scanner/worker.js")?,
        })
    }

    /// Returns everything that the published files depend on.
    pub(super) fn inputs(&self) -> [&[u8]; 2] {
        [&self.wasm, self.worker.as_bytes()]
    }

    pub(super) fn publish(
        self,
        compiler: &Compiler<'_>,
        dev: bool,
        publisher: &mut Publisher<'_>,
    ) -> Result<()> {
        println!("web: binding the scanner to JavaScript");
        let mut bound = compile::bind("scanner", self.wasm, Loader::Worker)?;
        if !dev {
            println!("web: optimising it with wasm-opt");
            bound.wasm = compiler.optimise(&["-O3"], &bound.wasm)?;
        }
        let wasm = publisher.add("scanner_wasm", ("scanner", "wasm"), &bound.wasm)?;
        let module = join(&bound.js, &self.worker, &wasm)?;
        publisher.add("scanner_js", ("scanner", "js"), module.as_bytes())?;
        Ok(())
    }
}

/// Returns the module of the worker: wasm-bindgen's JavaScript, and then `worker` with the name of
/// the WebAssembly.
fn join(binding: &str, worker: &str, wasm_name: &str) -> Result<String> {
    ensure!(
        worker.matches(WASM_PLACE).count() == 1,
        "scanner/worker.js must contain {WASM_PLACE} once"
    );
    let worker = worker.replace(WASM_PLACE, wasm_name);
    Ok(format!("{binding}\n{worker}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_loads_the_published_wasm() {
        let worker = format!("start(\"{WASM_PLACE}\");");
        let module = join("function start() {}", &worker, "scanner.1.wasm").unwrap();
        assert_eq!(module, "function start() {}\nstart(\"scanner.1.wasm\");");
        assert!(join("", "", "scanner.1.wasm").is_err());
    }
}
