//! The modules of Bonex as they name themselves in `User-Agent`:
//! `Bonex-1C/0.1.0 (UNF; 3.0.8.73; 1C 8.3.24.1446)`, `Bonex-Frontol/0.1.0 (Frontol 6.28.1)`.

use std::fmt;

use crate::TillModule;

/// The configurations of 1C as a module names them.
const CONFIGURATIONS: [(&str, TillModule); 3] = [
    ("UNF", TillModule::Unf),
    ("Retail", TillModule::Retail),
    ("UT", TillModule::Trade),
];

/// A module of Bonex that has sent a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleAgent {
    /// The module; `None` for 1C without a configuration that is known.
    pub module: Option<TillModule>,
    /// Its version.
    pub version: String,
    /// The program and its releases.
    about: String,
}

impl ModuleAgent {
    /// Reads the header `User-Agent`. Returns `None` for any other program.
    pub fn of(user_agent: &str) -> Option<Self> {
        let (rest, is_one_c) = match user_agent.strip_prefix("Bonex-1C/") {
            Some(rest) => (rest, true),
            None => (user_agent.strip_prefix("Bonex-Frontol/")?, false),
        };
        let (version, comment) = rest.split_once(' ').unwrap_or((rest, ""));
        let comment = comment.trim_start_matches('(').trim_end_matches(')');
        let mut parts = comment.split(';').map(str::trim);
        let (module, about) = if is_one_c {
            let configuration = parts.next().unwrap_or_default();
            let mut known = CONFIGURATIONS.iter();
            let known = known.find(|(name, _)| *name == configuration);
            // What a module could not find out is empty or a dash.
            let mut part = || parts.next().map(|part| part.trim_matches(['-', ' ']));
            let release = part().unwrap_or_default();
            let platform = part().unwrap_or_default();
            let platform = platform.strip_prefix("1C").unwrap_or(platform).trim();
            let names = ["1C", configuration, release].join(" ");
            let about = [names.trim(), platform].join(", ");
            (known.map(|(_, module)| *module), about)
        } else {
            let release = parts.next().unwrap_or_default();
            let release = release.strip_prefix("Frontol").unwrap_or_default();
            let about = format!("Frontol {}", release.trim());
            (Some(TillModule::Frontol), about)
        };
        let about = about.trim_end_matches([',', ' ']).to_owned();
        let is_version = |sign: char| sign.is_ascii_alphanumeric() || ".-+".contains(sign);
        let is_good = version.starts_with(|sign: char| sign.is_ascii_digit())
            && version.chars().all(is_version);
        is_good.then(|| Self {
            module,
            version: version.to_owned(),
            about,
        })
    }

    /// Reads what [`Display`](fmt::Display) writes: of a module, and of no other program.
    pub fn read(shown: &str) -> Option<Self> {
        let (version, about) = shown.strip_prefix("Bonex ")?.split_once(", ")?;
        let module = match about.split_once(' ') {
            Some(("1C", rest)) => {
                let name = rest.split([' ', ',']).next();
                let mut known = CONFIGURATIONS.iter();
                let known = known.find(|(known, _)| Some(*known) == name);
                known.map(|(_, module)| *module)
            }
            _ if about == "1C" => None,
            _ if about.starts_with("Frontol") => Some(TillModule::Frontol),
            _ => return None,
        };
        Some(Self {
            module,
            version: version.to_owned(),
            about: about.to_owned(),
        })
    }

    /// Returns whether its version is lower than another one. A version that cannot be read is not.
    pub fn is_older_than(&self, version: &str) -> bool {
        match (numbers(&self.version), numbers(version)) {
            (Some(own), Some(other)) => own < other,
            _ => false,
        }
    }
}

/// Writes `Bonex 0.1.0, 1C UNF 3.0.8.73, 8.3.24.1446` or `Bonex 0.1.0, Frontol 6.28.1`.
impl fmt::Display for ModuleAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bonex {}, {}", self.version, self.about)
    }
}

/// Returns the numbers of a version, without what follows a hyphen or a plus.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    plain.split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_known_by_its_name() {
        for (user_agent, module, shown) in [
            (
                "Bonex-1C/0.1.0 (UNF; 3.0.8.73; 1C 8.3.24.1446)",
                Some(TillModule::Unf),
                "Bonex 0.1.0, 1C UNF 3.0.8.73, 8.3.24.1446",
            ),
            (
                "Bonex-1C/1.2 (Retail; 3.0.8; 1C 8.3.24)",
                Some(TillModule::Retail),
                "Bonex 1.2, 1C Retail 3.0.8, 8.3.24",
            ),
            (
                "Bonex-1C/1.2 (UT)",
                Some(TillModule::Trade),
                "Bonex 1.2, 1C UT",
            ),
            (
                "Bonex-1C/1.2 (UNF; ; 1C 8.3.24)",
                Some(TillModule::Unf),
                "Bonex 1.2, 1C UNF, 8.3.24",
            ),
            (
                "Bonex-1C/1.2 (UNF; 3.0.8; 1C )",
                Some(TillModule::Unf),
                "Bonex 1.2, 1C UNF 3.0.8",
            ),
            (
                "Bonex-1C/1.2 (UNF; -; 1C)",
                Some(TillModule::Unf),
                "Bonex 1.2, 1C UNF",
            ),
            ("Bonex-1C/1.2", None, "Bonex 1.2, 1C"),
            (
                "Bonex-Frontol/0.1.0 (Frontol 6.28.1)",
                Some(TillModule::Frontol),
                "Bonex 0.1.0, Frontol 6.28.1",
            ),
            (
                "Bonex-Frontol/0.1.0",
                Some(TillModule::Frontol),
                "Bonex 0.1.0, Frontol",
            ),
        ] {
            let found = ModuleAgent::of(user_agent).unwrap();
            assert_eq!(found.module, module, "{user_agent}");
            assert_eq!(found.to_string(), shown);
            assert_eq!(ModuleAgent::read(shown), Some(found), "{user_agent}");
        }
        for other in [
            "1C+Enterprise/8.3",
            "Bonex-1C",
            "Bonex-1C/",
            "Bonex-1C/x",
            "",
        ] {
            assert_eq!(ModuleAgent::of(other), None, "{other}");
        }
        for other in [
            "Bonex, Chrome 137, Android 13",
            "Bonex",
            "1C 8.3",
            "Bonex 1, curl",
        ] {
            assert_eq!(ModuleAgent::read(other), None, "{other}");
        }
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        for (own, other, is_older) in [
            ("0.1.0", "0.1.0", false),
            ("0.1.0", "0.1.1", true),
            ("0.9", "0.10.0", true),
            ("1.0", "0.10.0", false),
            ("0.1.0-rc1", "0.2.0", true),
            ("beta", "0.2.0", false),
        ] {
            let agent = ModuleAgent {
                module: None,
                version: own.to_owned(),
                about: String::new(),
            };
            assert_eq!(agent.is_older_than(other), is_older, "{own} {other}");
        }
    }
}
