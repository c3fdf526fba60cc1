//! The network address of a caller.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Request};

/// A request, or only its head.
pub(crate) trait Caller {
    fn headers(&self) -> &HeaderMap;
    fn peer(&self) -> Option<IpAddr>;
}

impl<T> Caller for Request<T> {
    fn headers(&self) -> &HeaderMap {
        self.headers()
    }

    fn peer(&self) -> Option<IpAddr> {
        peer(self.extensions())
    }
}

impl Caller for Parts {
    fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    fn peer(&self) -> Option<IpAddr> {
        peer(&self.extensions)
    }
}

fn peer(extensions: &Extensions) -> Option<IpAddr> {
    let ConnectInfo(address) = extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(address.ip())
}

/// The network that a caller is counted under. `odd` is `true` if the operator's proxy has sent no
/// readable address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) network: IpAddr,
    pub(super) odd: bool,
}

/// Returns the network of a caller. Behind the operator's proxy the caller's address is the last in
/// `X-Forwarded-For`, because that proxy wrote it. The caller may have invented the earlier ones.
pub(super) fn origin(caller: &impl Caller, behind_proxy: bool) -> Origin {
    let forwarded = || {
        let headers = caller.headers().get_all("x-forwarded-for");
        let last = headers.iter().next_back()?.to_str().ok()?;
        address_of(last.rsplit(',').next()?)
    };
    let forwarded = behind_proxy.then(forwarded).flatten();
    let address = forwarded.or_else(|| caller.peer());
    Origin {
        network: network(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))),
        odd: behind_proxy && forwarded.is_none(),
    }
}

/// Parses an address as proxies write it: some add the port, or brackets around an IPv6 address.
fn address_of(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    text.parse().ok().or_else(bare).or_else(with_port)
}

/// Returns an IPv4 address itself, and the /64 network of an IPv6 address, because a caller with
/// one address in a /64 usually has all of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin_of(forwarded: &str, behind_proxy: bool) -> (String, bool) {
        let mut request = Request::new(());
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 5))));
        if !forwarded.is_empty() {
            request
                .headers_mut()
                .insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        let origin = origin(&request, behind_proxy);
        (origin.network.to_string(), origin.odd)
    }

    #[test]
    fn only_the_address_from_the_operator_s_proxy_is_used() {
        let forwarded = "1.1.1.1, 2.2.2.2";
        assert_eq!(origin_of(forwarded, false), ("10.0.0.1".to_owned(), false));
        assert_eq!(origin_of(forwarded, true), ("2.2.2.2".to_owned(), false));
    }

    #[test]
    fn a_proxy_writes_addresses_in_many_ways() {
        for (forwarded, network) in [
            ("2.2.2.2:41234", "2.2.2.2"),
            ("1.1.1.1:5, 2.2.2.2:41234", "2.2.2.2"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::"),
            ("[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"),
            ("::ffff:2.2.2.2", "2.2.2.2"),
        ] {
            assert_eq!(origin_of(forwarded, true), (network.to_owned(), false));
        }
        for odd in ["", "unknown", "2.2.2", "1.1.1.1,"] {
            assert_eq!(origin_of(odd, true), ("10.0.0.1".to_owned(), true), "{odd}");
        }
    }
}
