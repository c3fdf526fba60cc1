//! A check of dependencies between modules: the modules of a crate must not use one another in a
//! circle, and the cashier in the browser must keep its layers.
//!
//! A module is a file. It uses another module if a path in its code or in a `use` declaration leads
//! to an item of that module. `pub use` does not count as a use: a module that imports the item
//! through it uses the module that contains the item. So a child may use items of its parent if the
//! parent only declares the child and re-exports its items.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::code::{Uses, tokens};
use super::source::Source;

/// The layers of `app/src/cash/live`. Each layer may use the layers before it. All other modules
/// there are above these layers.
const LAYERS: [&[&str]; 5] = [
    &["platform"],
    &["api"],
    &["model"],
    &["flows", "ui"],
    &["screens"],
];
const LAYERED: [&str; 2] = ["cash", "live"];

/// The path of a module within its crate.
type Name<'a> = Vec<&'a str>;

/// The modules of a crate, each with the items that its file refers to.
type Modules<'a> = BTreeMap<Name<'a>, Uses<'a>>;

/// The modules that each module uses.
type Graph<'a> = BTreeMap<Name<'a>, BTreeSet<Name<'a>>>;

/// Checks the modules of every crate.
pub(super) fn modules(sources: &[Source]) -> Vec<String> {
    let mut crates: BTreeMap<&str, Modules<'_>> = BTreeMap::new();
    for source in sources {
        if let Some((name, module)) = module_of(&source.path) {
            let modules = crates.entry(name).or_default();
            modules.insert(module, Uses::of(&tokens(&source.text)));
        }
    }
    crates
        .iter()
        .flat_map(|(name, modules)| {
            let graph = modules
                .iter()
                .map(|(module, uses)| (module.clone(), uses_of(modules, module, uses)))
                .collect();
            [circles(name, &graph), layers(name, &graph)].concat()
        })
        .collect()
}

/// Returns the crate and the module of a file: `app/src/cash/mod.rs` is `cash` of `app`.
fn module_of(path: &str) -> Option<(&str, Name<'_>)> {
    let (name, file) = path.strip_suffix(".rs")?.split_once("/src/")?;
    let mut module: Name<'_> = file.split('/').collect();
    if matches!(module.last(), Some(&("mod" | "lib" | "main"))) {
        module.pop();
    }
    Some((name, module))
}

/// Returns the modules that a module uses.
fn uses_of<'a>(modules: &Modules<'a>, module: &Name<'a>, uses: &Uses<'a>) -> BTreeSet<Name<'a>> {
    let imported = uses.imports.iter().map(|(_, path)| path);
    let mut homes: BTreeSet<_> = imported
        .chain(&uses.paths)
        .filter_map(|path| home(modules, module, path, true))
        .collect();
    homes.remove(module);
    homes
}

/// Returns the module that contains the item to which a path leads from the module `from`. Follows
/// `pub use`, and `use` only if the path is in the file of `from` (`is_own`). Returns `None` for a
/// path to a whole module, which does not yet use an item of it.
fn home<'a>(
    modules: &Modules<'a>,
    from: &Name<'a>,
    path: &[&'a str],
    is_own: bool,
) -> Option<Name<'a>> {
    let (&first, rest) = path.split_first()?;
    let below = |name| [from.as_slice(), &[name]].concat();
    match first {
        "crate" => return home(modules, &Vec::new(), rest, false),
        "self" => return home(modules, from, rest, is_own),
        "super" => {
            let parent = from.split_last().map(|(_, parent)| parent.to_vec())?;
            return home(modules, &parent, rest, false);
        }
        _ if modules.contains_key(&below(first)) => {
            return home(modules, &below(first), rest, false);
        }
        _ => {}
    }
    let uses = modules.get(from)?;
    let imports = uses.imports.iter().filter(|_| is_own);
    let named = imports
        .chain(&uses.exports)
        .find(|(name, _)| *name == first);
    match named {
        // A path such as that of `use anyhow::anyhow` leads to another crate.
        Some((_, way)) if way.first() != Some(&first) => {
            let way = [way.as_slice(), rest].concat();
            home(modules, from, &way, false)
        }
        _ if is_own => None,
        _ => Some(from.clone()),
    }
}

/// Finds modules that use one another in a circle. If circles share modules, only the shortest
/// circle of the first module is a finding.
fn circles(name: &str, graph: &Graph<'_>) -> Vec<String> {
    let mut findings = Vec::new();
    let mut reported = BTreeSet::new();
    for module in graph.keys() {
        let Some(way) = way(graph, module, module) else {
            continue;
        };
        let is_new = !way.iter().any(|module| reported.contains(module));
        reported.extend(way.iter().cloned());
        if is_new {
            let circle: Vec<_> = way.iter().map(spelled).collect();
            findings.push(format!(
                "{name}: {} use one another in a circle; move what they share into a module that both may use",
                circle.join(" → ")
            ));
        }
    }
    findings
}

/// Returns the shortest chain of uses from a module to another, with both ends.
fn way<'a>(graph: &Graph<'a>, from: &Name<'a>, to: &Name<'a>) -> Option<Vec<Name<'a>>> {
    let mut ways = VecDeque::from([vec![from.clone()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in graph.get(way.last()?)? {
            let longer = [way.as_slice(), std::slice::from_ref(next)].concat();
            if next == to {
                return Some(longer);
            }
            if seen.insert(next) {
                ways.push_back(longer);
            }
        }
    }
    None
}

/// Finds modules of the cashier that use a layer that is not below their own.
fn layers(name: &str, graph: &Graph<'_>) -> Vec<String> {
    let mut findings = Vec::new();
    for (module, used) in graph {
        for other in used {
            let (Some((height, folder)), Some((other_height, other_folder))) =
                (layer(module), layer(other))
            else {
                continue;
            };
            let is_below = other_height < height || height == LAYERS.len();
            if folder != other_folder && !is_below {
                findings.push(format!(
                    "{name}: {} must not use {}, which is not in a lower layer; move what it needs to a lower layer",
                    spelled(module),
                    spelled(other)
                ));
            }
        }
    }
    findings
}

/// Returns the height of a module's layer, and its folder.
fn layer<'a>(module: &Name<'a>) -> Option<(usize, &'a str)> {
    let folder = *module.strip_prefix(&LAYERED)?.first()?;
    let height = LAYERS.iter().position(|layer| layer.contains(&folder));
    Some((height.unwrap_or(LAYERS.len()), folder))
}

fn spelled(module: &Name<'_>) -> String {
    if module.is_empty() {
        "crate".to_owned()
    } else {
        module.join("::")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<const N: usize>(files: [(&str, &str); N]) -> Vec<String> {
        let source = |(path, text): (&str, &str)| Source {
            path: path.into(),
            text: text.into(),
        };
        modules(&files.map(source))
    }

    #[test]
    fn a_circle_is_found_by_any_path() {
        let finding = "x: a → b → a use one another in a circle; move what they share into a module that both may use";
        for (a, b) in [
            ("use crate::b::B;", "use super::a::A;"),
            (
                "use crate::{b::{B as C}};",
                "fn f() { crate::a::f::<'_'>() }",
            ),
            (
                "use super::b;\nfn f() { b::f() }",
                "pub use super::b;\nfn f(a: super::a::A) {}",
            ),
            ("use crate::B;", "use crate::a::*;"),
        ] {
            let files = [
                ("x/src/lib.rs", "mod a;\nmod b;\npub use b::B;"),
                ("x/src/a.rs", a),
                ("x/src/b.rs", b),
            ];
            assert_eq!(found(files), [finding], "{a} {b}");
        }
    }

    #[test]
    fn comments_string_literals_and_tests_do_not_count_as_uses() {
        let a = "// crate::b::B\nconst A: &str = \"crate::b::B\"; const R: &str = r#\"\"crate::b::B\"#;";
        let b = "use crate::a::A;\n#[cfg(test)]\nmod tests {\n use crate::a::A; }";
        assert!(found([("x/src/a.rs", a), ("x/src/b.rs", b)]).is_empty());
        let a = "fn f() {}\n#[cfg(test)]\nmod tests {\n use crate::b::B; }";
        assert!(found([("x/src/a.rs", a), ("x/src/b.rs", b)]).is_empty());
    }

    #[test]
    fn a_child_may_use_a_parent_that_only_re_exports_it() {
        let child = ("x/src/a/child.rs", "use super::Parent;");
        let passes = "mod child;\npub use child::Child;\nstruct Parent;";
        assert!(found([("x/src/a/mod.rs", passes), child]).is_empty());
        for uses in [
            "mod child;\nfn f() { child::f() }",
            "mod child;\npub use child::Child;\nfn f(it: Child) {}",
        ] {
            assert_eq!(found([("x/src/a/mod.rs", uses), child]).len(), 1, "{uses}");
        }
    }

    #[test]
    fn a_use_of_a_layer_that_is_not_lower_is_found() {
        let files = |path, text| {
            found([
                (path, text),
                ("app/src/cash/mod.rs", ""),
                ("app/src/cash/live/mod.rs", ""),
                ("app/src/cash/live/flows/mod.rs", ""),
                ("app/src/cash/live/flows/scan.rs", ""),
                ("app/src/cash/live/root.rs", ""),
                ("app/src/cash/live/watch.rs", ""),
            ])
        };
        assert_eq!(
            files(
                "app/src/cash/live/ui/icons.rs",
                "use crate::cash::live::flows::scan::find;"
            ),
            [
                "app: cash::live::ui::icons must not use cash::live::flows::scan, which is not in a lower layer; move what it needs to a lower layer"
            ]
        );
        assert_eq!(
            files(
                "app/src/cash/live/screens/a.rs",
                "use crate::cash::live::root::Root;"
            )
            .len(),
            1
        );
        assert!(
            files(
                "app/src/cash/live/screens/a.rs",
                "use crate::cash::live::flows::scan::find;"
            )
            .is_empty()
        );
        assert!(
            files(
                "app/src/cash/live/watch.rs",
                "use crate::cash::live::root::Root;"
            )
            .is_empty()
        );
    }
}
