//! Where a portal may listen: on loopback, elsewhere with TLS, or behind a proxy that has it.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::{
    Router,
    extract::{ConnectInfo, Request},
    http::{HeaderMap, request::Parts},
    middleware::{self, Next},
};

use super::answer;
use crate::{
    api::problem::{Code, Problem},
    portal::Portal,
};

/// Where proxies say whom they speak for.
const FORWARDED_FOR: &str = "x-forwarded-for";

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

/// Where a request came from, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Source(IpAddr);

/// The address a request came from: the peer's, or what a trusted proxy says was its own peer's.
pub fn source(parts: &Parts) -> Option<IpAddr> {
    let told = parts.extensions.get::<Source>().map(|source| source.0);
    told.or_else(|| parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip()))
}

/// Whom proxies of these networks speak for: the last address of `X-Forwarded-For` that is none of theirs. What stands
/// before it anybody can have written.
fn forwarded(headers: &HeaderMap, peer: IpAddr, proxies: &[Network]) -> IpAddr {
    let lists = headers.get_all(FORWARDED_FOR).iter().filter_map(|list| list.to_str().ok());
    let hops = lists.flat_map(|list| list.split(',')).map(address).collect::<Vec<_>>();
    let mut nearest = peer;
    for hop in hops.into_iter().rev() {
        let Some(hop) = hop else { break };
        nearest = hop;
        if !proxies.iter().any(|network| network.contains(hop)) {
            break;
        }
    }
    nearest
}

/// An address as proxies write it, with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    bare.or_else(|| text.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
}

/// Answers only the proxies of these networks: nobody else can pretend to be one.
pub fn only_from(router: Router, portal: Portal, proxies: Vec<Network>) -> Router {
    router.layer(middleware::from_fn(
        move |ConnectInfo(peer): ConnectInfo<SocketAddr>, mut request: Request, next: Next| {
            let trusted = proxies.iter().any(|network| network.contains(peer.ip()));
            let source = Source(forwarded(request.headers(), peer.ip(), &proxies));
            request.extensions_mut().insert(source);
            let portal = portal.clone();
            async move {
                if trusted {
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
    fn a_proxy_tells_whom_it_speaks_for() {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        let source = |lists: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for list in lists {
                headers.append(FORWARDED_FOR, list.parse().unwrap());
            }
            forwarded(&headers, "10.0.0.1".parse().unwrap(), &proxies).to_string()
        };
        assert_eq!(source(&[]), "10.0.0.1");
        assert_eq!(source(&["203.0.113.9"]), "203.0.113.9");
        assert_eq!(source(&["198.51.100.7, 203.0.113.9, 10.2.3.4"]), "203.0.113.9");
        assert_eq!(source(&["198.51.100.7", "203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(source(&["[2001:db8::1]:443, 10.2.3.4"]), "2001:db8::1");
        assert_eq!(source(&["203.0.113.9, nonsense"]), "10.0.0.1");
    }

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
