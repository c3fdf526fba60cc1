//! Compilation of the sources to WebAssembly, JavaScript and CSS.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::command::{cargo, on_path, run};
use crate::target::Target;

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The WebAssembly features that rustc may emit and that every browser since 2023 supports. With
/// `--all-features` Binaryen could use proposals that browsers do not support.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The workspace and cargo's target directory for it.
pub(super) struct Compiler<'a> {
    root: &'a Path,
    pub(super) directory: PathBuf,
}

/// The profile of cargo, which determines how much the compiler optimises.
#[derive(Clone, Copy)]
pub(super) enum Profile {
    Dev,
    Release,
}

/// The loader of the WebAssembly, which determines the form of its JavaScript.
#[derive(Clone, Copy)]
pub(super) enum Loader {
    /// A page. The JavaScript is a classic script with one global of this name. Browsers cache the
    /// compiled code of a classic script, but Chromium compiles a module again at each start.
    Page(&'static str),
    /// A worker that is a module. `__wbg_reset_state()` gives it a new memory.
    Worker,
}

/// The WebAssembly with the JavaScript that loads it.
pub(super) struct Bound {
    pub(super) js: String,
    pub(super) wasm: Vec<u8>,
}

impl<'a> Compiler<'a> {
    pub(super) fn of(root: &'a Path) -> Result<Self> {
        let directory = Target::of(root)?.directory;
        fs::create_dir_all(directory.join("web-bindgen"))?;
        Ok(Self { root, directory })
    }

    /// Compiles a crate for the browser. Cargo does nothing if its sources are unchanged.
    pub(super) fn compile(&self, package: &str, profile: Profile) -> Result<Vec<u8>> {
        let (name, folder) = match profile {
            Profile::Dev => ("dev", "debug"),
            Profile::Release => ("wasm-release", "wasm-release"),
        };
        let package_option = format!("--package={package}");
        run(cargo(self.root)
            .args(["build", &package_option, "--target", WASM_TARGET])
            .args(["--profile", name, "--config", &without_paths()?]))?;
        let path = self.directory.join(WASM_TARGET).join(folder);
        let path = path.join(package).with_extension("wasm");
        fs::read(&path).with_context(|| path.display().to_string())
    }

    /// Halves the size of the WebAssembly with Binaryen's `wasm-opt`. The passes contain `-Oz` to
    /// optimise for size, or `-O3` for speed.
    pub(super) fn optimise(&self, passes: &[&str], wasm: &[u8]) -> Result<Vec<u8>> {
        let input = self.directory.join("web-bindgen/unoptimised.wasm");
        let output = self.directory.join("web-bindgen/optimised.wasm");
        fs::write(&input, wasm)?;
        let mut command = Command::new(npm_tool(self.root, "wasm-opt")?);
        command.args(passes).args(WASM_FEATURES).arg(&input);
        run(command.arg("--output").arg(&output))?;
        Ok(fs::read(output)?)
    }

    /// Halves the size of the JavaScript with `terser`.
    pub(super) fn minify(&self, js: &str) -> Result<String> {
        let input = self.directory.join("web-bindgen/whole.js");
        let output = self.directory.join("web-bindgen/minified.js");
        fs::write(&input, js)?;
        let mut command = Command::new(npm_tool(self.root, "terser")?);
        command.args(["--compress", "--mangle", "--output"]);
        run(command.arg(&output).arg("--").arg(&input))?;
        Ok(fs::read_to_string(output)?)
    }
}

/// Creates the JavaScript of the WebAssembly with the library of the `wasm-bindgen` command.
pub(super) fn bind(name: &str, wasm: Vec<u8>, loader: Loader) -> Result<Bound> {
    let mut bindgen = Bindgen::new();
    match loader {
        Loader::Page(global) => bindgen.no_modules(true)?.no_modules_global(global)?,
        Loader::Worker => bindgen.web(true)?.reset_state_function(true),
    };
    bindgen
        .input_bytes(name, wasm)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The file gets a name from its content later, so the loader passes its address.
        .omit_default_module_path(true);
    let mut output = bindgen.generate_output()?;
    ensure!(
        output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty(),
        "a dependency contains JavaScript snippets, which the bundle does not publish"
    );
    let js = shorten_names(&mut output);
    let wasm = output.wasm_mut().emit_wasm();
    Ok(Bound { js, wasm })
}

/// Returns cargo's setting that cuts the machine's directories out of the places that panics name.
/// Otherwise every machine would build another bundle, and a longer one.
fn without_paths() -> Result<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registries = home.context("no home directory")?.join("registry/src");
    let mut flags = Vec::new();
    for registry in fs::read_dir(&registries).into_iter().flatten() {
        let flag = format!("--remap-path-prefix={}=", registry?.path().display());
        flags.push(serde_json::to_string(&flag)?);
    }
    Ok(format!(
        "target.{WASM_TARGET}.rustflags=[{}]",
        flags.join(",")
    ))
}

/// Shortens the names by which the WebAssembly and its JavaScript know each other, and returns the
/// JavaScript. wasm-bindgen ends each of these hundreds of names with a hash, which cannot be
/// compressed.
fn shorten_names(output: &mut Output) -> String {
    let module = output.wasm_mut();
    let imports = module.imports.iter_mut().map(|import| &mut import.name);
    let exports = module.exports.iter_mut().map(|export| &mut export.name);
    let mut short = HashMap::new();
    for name in imports.chain(exports).filter(|name| has_hash(name)) {
        let count = short.len();
        let new = short.entry(name.clone());
        name.clone_from(new.or_insert_with(|| format!("_{count:x}")));
    }
    let is_in_name = |symbol: char| symbol.is_ascii_alphanumeric() || symbol == '_';
    let parts = output.js().split_inclusive(|symbol| !is_in_name(symbol));
    let renamed = parts.map(|part| {
        let name = part.trim_end_matches(|symbol| !is_in_name(symbol));
        match short.get(name) {
            Some(new) => part.replacen(name, new, 1),
            None => part.to_owned(),
        }
    });
    renamed.collect()
}

/// Returns whether a name ends with `_` and the 16 hexadecimal digits of a hash.
fn has_hash(name: &str) -> bool {
    name.rsplit_once('_').is_some_and(|(_, end)| {
        end.len() == 16 && end.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// Compiles `style/main.scss` with everything it uses into one compressed style sheet.
pub(super) fn style(root: &Path) -> Result<String> {
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    let path = root.join("style/main.scss");
    grass::from_path(&path, &options).with_context(|| path.display().to_string())
}

/// Returns the path of a tool that the setup has installed beside this crate, otherwise the one on
/// `PATH`.
fn npm_tool(root: &Path, name: &str) -> Result<PathBuf> {
    let installed = root.join("xtask/node_modules/.bin").join(name);
    if installed.exists() {
        return Ok(installed);
    }
    on_path(name).with_context(|| format!("no {name}: run scripts/setup"))
}
