//! Where requests come from.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

/// The network of an address: the first three bytes of an IPv4 address, the first three
/// groups of an IPv6 address. It tells shops apart and no persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressPrefix {
    /// A /24.
    V4([u8; 3]),
    /// A /48.
    V6([u16; 3]),
}

impl AddressPrefix {
    /// Returns the prefix of an address. An IPv4 address in the form of IPv6 is an IPv4 address.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Self::V4([a, b, c])
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                Self::V6([a, b, c])
            }
        }
    }

    /// Reads what [`Display`](fmt::Display) writes. Returns `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let address = match (text.strip_suffix(".*"), text.strip_suffix("/48")) {
            (Some(bytes), _) => IpAddr::V4(format!("{bytes}.0").parse().ok()?),
            (None, Some(address)) => IpAddr::V6(address.parse().ok()?),
            (None, None) => return None,
        };
        let prefix = Self::of(address);
        (prefix.to_string() == text).then_some(prefix)
    }

    /// Returns whether it is a prefix of IPv6.
    pub const fn is_v6(self) -> bool {
        matches!(self, Self::V6(_))
    }
}

/// Writes `203.0.113.*` or `2001:db8:1::/48`.
impl fmt::Display for AddressPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4([a, b, c]) => write!(f, "{a}.{b}.{c}.*"),
            Self::V6([a, b, c]) => {
                write!(f, "{}/48", Ipv6Addr::new(*a, *b, *c, 0, 0, 0, 0, 0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_written_as_it_is_read() {
        for (address, prefix) in [
            ("203.0.113.77", "203.0.113.*"),
            ("::ffff:203.0.113.77", "203.0.113.*"),
            ("2001:db8:1:2::9", "2001:db8:1::/48"),
            ("::1", "::/48"),
        ] {
            let of = AddressPrefix::of(address.parse().unwrap());
            assert_eq!(of.to_string(), prefix);
            assert_eq!(AddressPrefix::parse(prefix), Some(of));
        }
        for text in ["", ".*", "1.2.*", "1.2.3.4.*", "1.2.3.4", "01.2.3.*"] {
            assert_eq!(AddressPrefix::parse(text), None, "{text}");
        }
        for text in [
            "/48",
            "2001:db8::1/48",
            "2001:db8::/64",
            "::ffff:1.2.3.4/48",
        ] {
            assert_eq!(AddressPrefix::parse(text), None, "{text}");
        }
    }
}
