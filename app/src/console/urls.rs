//! What the URLs of both consoles share: each console declares its own list once, for the server's
//! router, for the links, and for redirects.

use std::fmt::Write as _;

/// Declares the URLs once: as an enum, as patterns of the router, and as text.
macro_rules! urls {
    (
        $(#[$doc:meta])*
        invitation = $invitation:literal;
        fixed { $($(#[$fixed_doc:meta])* $fixed:ident = $fixed_pattern:literal,)* }
        numbered { $($(#[$numbered_doc:meta])* $numbered:ident = $numbered_pattern:literal,)* }
        $(paired { $($(#[$paired_doc:meta])* $paired:ident = $paired_pattern:literal,)* })?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Url {
            $($(#[$fixed_doc])* $fixed,)*
            $($(#[$numbered_doc])* $numbered(i64),)*
            $($($(#[$paired_doc])* $paired(i64, i64),)*)?
            /// The form of an invitation, which sets the first or a new password. The parameter is
            /// the secret of the link.
            Invitation(String),
        }

        /// The patterns of all URLs, as the server's router takes them.
        pub const ALL_PATTERNS: &[&str] = &[
            $($fixed_pattern,)*
            $($numbered_pattern,)*
            $($($paired_pattern,)*)?
            $invitation,
        ];

        impl Url {
            /// Returns the pattern of the router: `/panel/tills/{id}`.
            pub const fn pattern(&self) -> &'static str {
                match self {
                    $(Self::$fixed => $fixed_pattern,)*
                    $(Self::$numbered(_) => $numbered_pattern,)*
                    $($(Self::$paired(..) => $paired_pattern,)*)?
                    Self::Invitation(_) => $invitation,
                }
            }

            /// Returns the values of the pattern's parameters.
            fn parameters(&self) -> Vec<String> {
                match self {
                    $(Self::$fixed => Vec::new(),)*
                    $(Self::$numbered(id) => vec![id.to_string()],)*
                    $($(Self::$paired(id, other) => vec![id.to_string(), other.to_string()],)*)?
                    Self::Invitation(secret) => vec![$crate::console::urls::encoded(secret)],
                }
            }

            /// Returns the URL with a query. Pairs without a value are left out.
            pub fn with_query(&self, pairs: &[(&str, &str)]) -> String {
                $crate::console::urls::with_query(self.to_string(), pairs)
            }
        }

        impl std::fmt::Display for Url {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut rest = self.pattern();
                for parameter in self.parameters() {
                    let Some((before, after)) = rest.split_once('{') else {
                        break;
                    };
                    write!(f, "{before}{parameter}")?;
                    rest = after.split_once('}').map_or("", |(_, after)| after);
                }
                f.write_str(rest)
            }
        }

        impl From<Url> for String {
            fn from(url: Url) -> Self {
                url.to_string()
            }
        }
    };
}

pub(crate) use urls;

/// Returns an URL with a query. Pairs without a value are left out.
pub fn with_query(mut url: String, pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
    for (index, (name, value)) in pairs.enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.push_str(&encoded(name));
        url.push('=');
        url.push_str(&encoded(value));
    }
    url
}

/// Encodes a text as a part of an URL (RFC 3986: only unreserved characters stay).
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}
