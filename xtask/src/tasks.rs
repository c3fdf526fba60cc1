//! The tasks that build, run, test and measure the product, step by step.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{cargo, chromium, on_path, run, say};
use crate::postgres::PrivatePostgres;
use crate::sandbox::{self, Sandbox};
use crate::target::Target;
use crate::{tidy, web};

/// Builds the product and serves a demo store, beside a sandbox that shows its messages. Existing
/// data stays as it is.
pub(crate) fn serve(root: &Path) -> Result<()> {
    let target = Target::of(root)?;
    build_server(root)?;
    build_web(root)?;
    let bonex = target.debug("bonex");
    say("creating the database");
    run(Command::new(&bonex).arg("migrate").current_dir(root))?;
    say("filling the demo store");
    write_demo(root, &bonex)?;
    run(Command::new(&bonex).arg("provision-demo").current_dir(root))?;
    let mut serve = Command::new(&bonex);
    serve.arg("serve").current_dir(root);
    if sandbox::has_services() {
        say("Messages go to the services that the environment names");
    } else {
        let sandbox = Sandbox::start(root, &bonex)?;
        say("telling the sandbox where the bot is");
        let mut set_webhook = Command::new(&bonex);
        set_webhook.arg("set-webhook").current_dir(root);
        run(sandbox.offer(&mut set_webhook))?;
        say(&format!(
            "Messages: {}/ (nothing is really sent)",
            sandbox.url
        ));
        sandbox.offer(&mut serve);
        sandbox.end_with(&mut serve);
    }
    say("serving (Ctrl-C stops)");
    let error = serve.exec();
    Err(error).context("cannot start bonex")
}

/// Writes the demo store as JSON for the examples of README. Only the owner may read the file,
/// because it contains tokens.
fn write_demo(root: &Path, bonex: &Path) -> Result<()> {
    let data = env::var_os("BONEX_DATA_DIR").unwrap_or_else(|| "data".into());
    let data = root.join(data);
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&data)?;
    let path = data.join("demo.json");
    let file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path)
        .with_context(|| path.display().to_string())?;
    let mut provision = Command::new(bonex);
    provision
        .args(["provision-demo", "--json"])
        .current_dir(root);
    run(provision.stdout(file))
}

/// Runs every test: Rust on both engines, then the pages in Chromium.
pub(crate) fn test(root: &Path) -> Result<()> {
    let postgres = PrivatePostgres::start()?;
    // Programs and tests in one build, so that cargo compiles what they share once.
    say("building the programs and their tests");
    run(cargo(root).args(["build", "--workspace", "--all-targets"]))?;
    build_web(root)?;
    say("testing on SQLite and PostgreSQL");
    run(postgres.offer(cargo(root).args(["test", "--workspace"])))?;
    say("testing the script for Frontol");
    let tests = ["language", "scenarios", "stories", "walks"];
    run(postgres.offer(&mut frontol_tests(root, &tests)?))?;
    say("testing the pages in Chromium");
    run(postgres.offer(&mut playwright(root, &[])?))
}

/// Runs the script for Frontol in the engine of Windows Script Host.
///
/// # Errors
/// If Wine is not installed, or a test fails.
pub(crate) fn check_frontol_wine(root: &Path) -> Result<()> {
    if on_path("wine").is_none() {
        bail!("Wine is missing: apt-get install wine");
    }
    build_server(root)?;
    say("building the script");
    let script = ["--package", "integrations", "--example", "frontol"];
    run(cargo(root).arg("build").args(script))?;
    build_web(root)?;
    say("testing the script for Frontol in Wine");
    run(&mut frontol_tests(root, &["wine"])?)
}

/// Runs tests of the script for Frontol on a server that is built already.
fn frontol_tests(root: &Path, tests: &[&str]) -> Result<Command> {
    let files = tests.iter();
    let mut node = Command::new("node");
    node.arg("--test")
        .args(files.map(|name| format!("integrations/frontol/tests/{name}.test.js")))
        .current_dir(root)
        .env("BONEX_TARGET_DIR", Target::of(root)?.directory);
    Ok(node)
}

/// Runs specs in Chromium beside a private PostgreSQL; `arguments` go to Playwright.
pub(crate) fn end2end(root: &Path, arguments: &[OsString]) -> Result<()> {
    build_server(root)?;
    build_web(root)?;
    let postgres = PrivatePostgres::start()?;
    run(postgres.offer(&mut playwright(root, arguments)?))
}

fn playwright(root: &Path, arguments: &[OsString]) -> Result<Command> {
    let mut npm = Command::new("npm");
    npm.args(["--prefix", "end2end", "test", "--"])
        .args(arguments)
        .current_dir(root)
        .env("BONEX_TARGET_DIR", Target::of(root)?.directory)
        .env("CHROMIUM", chromium()?);
    Ok(npm)
}

/// Runs `command` beside a private PostgreSQL.
pub(crate) fn with_postgres(command: &[OsString]) -> Result<()> {
    let [program, arguments @ ..] = command else {
        bail!("no command is given");
    };
    let postgres = PrivatePostgres::start()?;
    run(postgres.offer(Command::new(program).args(arguments)))
}

/// Checks everything in the repository that can be checked without running it.
pub(crate) fn check(root: &Path) -> Result<()> {
    const DENY_WARNINGS: [&str; 3] = ["--", "--deny", "warnings"];
    const BROWSER: [&str; 4] = [
        "--package",
        "frontend",
        "--target",
        "wasm32-unknown-unknown",
    ];
    say("formatting");
    run(cargo(root).args(["fmt", "--all", "--check"]))?;
    say("clippy: server, tools, tests");
    let mut clippy = cargo(root);
    clippy.args(["clippy", "--quiet", "--workspace", "--all-targets"]);
    run(clippy.args(DENY_WARNINGS))?;
    say("clippy: the frontend for the browser");
    let mut clippy = cargo(root);
    clippy.args(["clippy", "--quiet"]).args(BROWSER);
    run(clippy.args(DENY_WARNINGS))?;
    say("the rules of the repository");
    tidy::run(root)?;
    if on_path("cargo-deny").is_some() {
        say("licences and advisories");
        return run(cargo(root).args(["deny", "check"]));
    }
    say("licences and advisories: not checked, cargo-deny is not installed");
    Ok(())
}

/// Measures lookups and sales on both engines; `arguments` go to the bench.
pub(crate) fn bench(root: &Path, arguments: &[OsString]) -> Result<()> {
    let postgres = PrivatePostgres::start()?;
    build_release(root)?;
    let mut bench = Command::new(Target::of(root)?.release("bench"));
    run(postgres.offer(bench.args(arguments).current_dir(root)))
}

/// Measures the cashier in Chromium with the speed of a slow phone and a slow network. Fails if a
/// budget is exceeded.
pub(crate) fn bench_web(root: &Path) -> Result<()> {
    build_web(root)?;
    build_release(root)?;
    say("measuring");
    run(&mut browser_script(root, "end2end/bench/web.js")?)
}

/// Reads the same photographs with the scanner and with other decoders; `arguments` go to the
/// bench.
pub(crate) fn bench_scanner(root: &Path, arguments: &[OsString]) -> Result<()> {
    let site = Target::of(root)?.directory.join("scanner-site");
    web::build(root, &web::Options::scanner_only(site.clone()))?;
    say("reading photographs (some minutes)");
    let mut node = Command::new("node");
    node.arg("scanner/bench/bench.js").arg("--site").arg(site);
    run(node.args(arguments).current_dir(root))
}

/// Takes README's pictures of the cashier and of the consoles.
pub(crate) fn picture(root: &Path) -> Result<()> {
    build_server(root)?;
    build_web(root)?;
    run(browser_script(root, "end2end/pictures/cash.js")?.arg("docs/cash.png"))?;
    run(browser_script(root, "end2end/pictures/panel.js")?.arg("docs/panel.png"))?;
    run(browser_script(root, "end2end/pictures/admin.js")?.arg("docs/admin.png"))
}

/// Renders the icons of the installed cashier from `style/icon.svg`.
pub(crate) fn icons(root: &Path) -> Result<()> {
    run(browser_script(root, "end2end/pictures/icons.js")?.arg("style"))
}

fn browser_script(root: &Path, script: &str) -> Result<Command> {
    let mut node = Command::new("node");
    node.arg(script)
        .current_dir(root)
        .env("BONEX_TARGET_DIR", Target::of(root)?.directory)
        .env("CHROMIUM", chromium()?);
    Ok(node)
}

fn build_server(root: &Path) -> Result<()> {
    say("building the server");
    run(cargo(root).args(["build", "--package", "server"]))
}

fn build_web(root: &Path) -> Result<()> {
    say("building the web bundle");
    web::build(root, &web::Options::default())
}

/// Builds the server and the bench in one build, so that cargo compiles what they share once.
fn build_release(root: &Path) -> Result<()> {
    say("building the server and the bench in the release profile (minutes, the first time)");
    let mut build = cargo(root);
    run(build.args([
        "build",
        "--release",
        "--package",
        "server",
        "--package",
        "bench",
    ]))
}
