//! Contains the attribute that `testkit` exports.

use proc_macro::{Ident, TokenStream, TokenTree};

/// Runs a scenario, `async fn name(database: TestDatabase) { … }`, once on each engine, as the
/// tests `name::sqlite` and `name::postgres`.
#[proc_macro_attribute]
pub fn on_both_engines(_: TokenStream, scenario: TokenStream) -> TokenStream {
    let Some(name) = name(scenario.clone()) else {
        return compile_error("on_both_engines must be placed above an `async fn`");
    };
    // A scenario that only waits for processes contains no `await`.
    let allowed = "#[allow(clippy::unused_async)]".parse::<TokenStream>();
    let tests = format!(
        r#"
        mod {name} {{
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {{
                super::{name}(::testkit::TestDatabase::sqlite()).await;
            }}

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {{
                super::{name}(::testkit::TestDatabase::postgres().await).await;
            }}
        }}"#
    );
    match (allowed, tests.parse::<TokenStream>()) {
        (Ok(allowed), Ok(tests)) => allowed.into_iter().chain(scenario).chain(tests).collect(),
        (Err(error), _) | (_, Err(error)) => compile_error(&error.to_string()),
    }
}

/// Returns the name after the keyword `fn`.
fn name(scenario: TokenStream) -> Option<Ident> {
    let mut tokens = scenario.into_iter();
    tokens.find(|token| matches!(token, TokenTree::Ident(word) if word.to_string() == "fn"))?;
    match tokens.next()? {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    }
}

fn compile_error(message: &str) -> TokenStream {
    let error = format!("compile_error!({message:?});");
    error.parse().unwrap_or_default()
}
