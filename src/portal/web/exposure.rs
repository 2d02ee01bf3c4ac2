//! Where a portal may listen: on loopback, elsewhere with TLS, or behind a proxy that has it.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
    sync::Arc,
};

use axum::{
    Router,
    extract::{ConnectInfo, Request},
    middleware::{self, Next},
};

use super::{answer, source::Proxies};
use crate::{
    api::problem::{Code, Problem},
    portal::Portal,
};

/// A network in CIDR notation: `10.0.0.0/8`, `fd00::/8`; an address alone is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

/// A text that is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no network; one looks like 10.0.0.0/8 or 127.0.0.1")]
pub struct InvalidNetwork(String);

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let invalid = || InvalidNetwork(text.to_owned());
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| invalid())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(longest), |prefix| prefix.parse().map_err(|_| invalid()))?;
        if prefix > longest { Err(invalid()) } else { Ok(Self { address, prefix }) }
    }
}

impl Network {
    /// Whether an address is in it; an IPv4 address written as IPv6 is the same address.
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix)).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// Answers only the proxies of these networks: nobody else can pretend to be one. What they say of where a request
/// comes from is believed.
pub fn only_from(router: Router, portal: Portal, proxies: Vec<Network>) -> Router {
    let proxies: Arc<[Network]> = proxies.into();
    router.layer(middleware::from_fn(
        move |ConnectInfo(peer): ConnectInfo<SocketAddr>, mut request: Request, next: Next| {
            let trusted = proxies.iter().any(|network| network.contains(peer.ip()));
            let (portal, proxies) = (portal.clone(), Arc::clone(&proxies));
            async move {
                if trusted {
                    request.extensions_mut().insert(Proxies(proxies));
                    return next.run(request).await;
                }
                let problem = Problem::new(Code::Forbidden, "this portal answers its proxy only")
                    .hint("use the portal's public address");
                answer::problem(&portal.request_id(), "none", problem.into())
            }
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        let holds =
            |network: &str, address: &str| network.parse::<Network>().unwrap().contains(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.200.3.4"));
        assert!(holds("10.0.0.0/8", "::ffff:10.1.1.1"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("127.0.0.1", "127.0.0.1"));
        assert!(!holds("127.0.0.1", "127.0.0.2"));
        assert!(holds("0.0.0.0/0", "203.0.113.9"));
        assert!(holds("fd00::/8", "fd12::1"));
        assert!(!holds("fd00::/8", "10.0.0.1"));
        for wrong in ["", "10.0.0.0/33", "x/8", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
