//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Request};

use super::Caller;

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

/// The client's address. Behind a proxy of ours it is the last of `X-Forwarded-For`, which that
/// proxy wrote; whatever stands before it the client may have made up.
pub(crate) fn client_address(caller: &impl Caller, behind_proxy: bool) -> IpAddr {
    let forwarded = || {
        let last = caller
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .next_back()?;
        let last = last.to_str().ok()?.rsplit(',').next()?;
        last.trim().parse().ok()
    };
    behind_proxy
        .then(forwarded)
        .flatten()
        .or_else(|| caller.peer())
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxy_is_believed() {
        let mut request = Request::new(());
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 5))));
        request
            .headers_mut()
            .insert("x-forwarded-for", "1.1.1.1, 2.2.2.2".parse().unwrap());
        let address = |behind_proxy| client_address(&request, behind_proxy).to_string();
        assert_eq!(address(false), "10.0.0.1");
        assert_eq!(address(true), "2.2.2.2");
    }
}
