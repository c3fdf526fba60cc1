//! Host names: a part of Bonex may have a name of its own, on which nothing else is served.
//!
//! Every other name, such as an address of the machine, serves everything by path: tills and
//! installed cashiers keep working when a name is added.

use anyhow::bail;
use app::page;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};
use clap::Args;

use crate::browser;

/// The host names of the parts of Bonex.
#[derive(Args, Clone, Debug, Default)]
pub struct Hosts {
    /// Host name that serves only the panel, such as panel.example.tj
    #[arg(long, env = "BONEX_PANEL_HOST", global = true, value_parser = host_name, value_name = "HOST")]
    pub panel_host: Option<String>,

    /// Host name that serves only the admin console
    #[arg(long, env = "BONEX_ADMIN_HOST", global = true, value_parser = host_name, value_name = "HOST")]
    pub admin_host: Option<String>,

    /// Host name that serves only the web cashier and the API that it uses
    #[arg(long, env = "BONEX_CASH_HOST", global = true, value_parser = host_name, value_name = "HOST")]
    pub cash_host: Option<String>,

    /// Host name that serves only the API and its reference
    #[arg(long, env = "BONEX_API_HOST", global = true, value_parser = host_name, value_name = "HOST")]
    pub api_host: Option<String>,
}

/// A part of Bonex that may have a host name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    /// The panel of a store's people.
    Panel,
    /// The console of the platform's admins.
    Admin,
    /// The web cashier.
    Cash,
    /// The API and its reference.
    Api,
}

impl Surface {
    const ALL: [Self; 4] = [Self::Panel, Self::Admin, Self::Cash, Self::Api];

    /// Returns the folder of the surface's paths.
    const fn folder(self) -> &'static str {
        match self {
            Self::Panel => "/panel",
            Self::Admin => "/admin",
            Self::Cash => "/cash",
            Self::Api => "/api",
        }
    }

    /// Returns the page to which `/` leads on the surface's own host.
    pub(crate) const fn home(self) -> &'static str {
        match self {
            Self::Panel => "/panel",
            Self::Admin => "/admin",
            Self::Cash => "/cash",
            Self::Api => "/api/docs",
        }
    }

    /// Returns the surface to which a path belongs.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|surface| {
            let rest = path.strip_prefix(surface.folder());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Returns whether the surface's own host serves a path. The probes are for the operator's
    /// balancer, which may ask on any host.
    pub(crate) fn serves(self, path: &str) -> bool {
        if matches!(path, "/healthz" | "/readyz") {
            return true;
        }
        match (self, Self::of_path(path)) {
            (Self::Panel | Self::Admin, None) => {
                path == page::STYLE_URL || path == page::REFRESH_URL
            }
            // The web cashier calls the API, and its page loads the bundle and its icon.
            (Self::Cash, Some(Self::Api)) => path.starts_with("/api/v1/"),
            (Self::Cash, None) => path.starts_with("/pkg/") || path == "/favicon.ico",
            (_, of_path) => of_path == Some(self),
        }
    }
}

impl Hosts {
    /// Refuses one name for two parts.
    ///
    /// # Errors
    /// If there is such a name.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let names: Vec<_> = Surface::ALL
            .into_iter()
            .filter_map(|one| self.name(one))
            .collect();
        for (index, name) in names.iter().enumerate() {
            if names.iter().skip(index + 1).any(|other| other == name) {
                bail!("{name} is the host name of two parts; each needs its own");
            }
        }
        Ok(())
    }

    fn name(&self, surface: Surface) -> Option<&str> {
        match surface {
            Surface::Panel => self.panel_host.as_deref(),
            Surface::Admin => self.admin_host.as_deref(),
            Surface::Cash => self.cash_host.as_deref(),
            Surface::Api => self.api_host.as_deref(),
        }
    }

    /// Returns the surface whose own host a request was sent to.
    pub(crate) fn of_request(&self, headers: &HeaderMap) -> Option<Surface> {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let host = host.parse::<Authority>().ok()?;
        let host = host.host().trim_end_matches('.');
        Surface::ALL.into_iter().find(|surface| {
            let name = self.name(*surface);
            name.is_some_and(|name| name.eq_ignore_ascii_case(host))
        })
    }

    /// Returns the URL of a surface without a path: its own host, or else the host to which this
    /// request was sent.
    pub(crate) fn origin(&self, surface: Surface, headers: &HeaderMap) -> String {
        match self.own_origin(surface) {
            Some(origin) => origin,
            None => browser::own_origin(headers),
        }
    }

    /// Returns the URL of a surface's own host without a path. It is HTTPS: nothing else keeps a
    /// password or a token.
    pub(crate) fn own_origin(&self, surface: Surface) -> Option<String> {
        self.name(surface).map(|name| format!("https://{name}"))
    }
}

/// Reads a host name: letters, digits, hyphens and points, without a port.
fn host_name(text: &str) -> Result<String, &'static str> {
    let is_name = !text.is_empty()
        && text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
        });
    if is_name {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("a host name without scheme, port and path, such as panel.example.tj")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_name_has_no_scheme_port_or_path() {
        assert_eq!(
            host_name("Panel.example.TJ").as_deref(),
            Ok("panel.example.tj")
        );
        for wrong in [
            "",
            "https://panel.tj",
            "panel.tj:443",
            "panel.tj/",
            "panel..tj",
            "касса.tj",
        ] {
            assert!(host_name(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_path_belongs_to_the_folder_that_it_is_in() {
        for (path, surface) in [
            ("/panel", Some(Surface::Panel)),
            ("/panel/tills/1", Some(Surface::Panel)),
            ("/panels", None),
            ("/admin/sessions", Some(Surface::Admin)),
            ("/administration", None),
            ("/cash/sw.js", Some(Surface::Cash)),
            ("/api/v1/cashier/sale", Some(Surface::Api)),
            ("/apis", None),
            ("/", None),
            ("//panel", None),
            ("/PANEL", None),
        ] {
            assert_eq!(Surface::of_path(path), surface, "{path}");
        }
    }

    #[test]
    fn two_parts_never_share_a_name() {
        let mut hosts = Hosts {
            panel_host: Some("bonex.tj".to_owned()),
            ..Hosts::default()
        };
        assert!(hosts.check().is_ok());
        hosts.api_host = Some("bonex.tj".to_owned());
        assert!(hosts.check().is_err());
    }
}
