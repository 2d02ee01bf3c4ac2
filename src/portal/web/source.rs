//! Where a request comes from: the peer's network, or what a trusted proxy says of it.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};

use super::exposure::Network;

/// What proxies add the address of their own peer to.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// A household or a server has at least so much of IPv6 for itself: who has one address of it has them all.
const HOUSEHOLD: u32 = 64;

/// The network a request comes from: an IPv4 address, or the /64 of an IPv6 one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source(IpAddr);

/// The proxies whose word is taken, in a request's extensions.
#[derive(Debug, Clone)]
pub struct Proxies(pub Arc<[Network]>);

impl Source {
    /// Where an address belongs.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => {
                let mask = u128::MAX << (128 - HOUSEHOLD);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
        })
    }

    /// Where a request comes from: of the addresses its proxies passed on, the last that is no trusted proxy's own.
    pub fn of_request(extensions: &Extensions, headers: &HeaderMap) -> Self {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        match extensions.get::<Proxies>() {
            Some(Proxies(trusted)) => Self::of(client(peer, headers, trusted)),
            // Without a proxy anybody can write the header.
            None => Self::of(peer),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => address.fmt(f),
            IpAddr::V6(network) => write!(f, "{network}/{HOUSEHOLD}"),
        }
    }
}

/// Walks back from the peer as long as whoever speaks is trusted; what cannot be read ends the walk.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().map(|line| line.to_str().unwrap_or("?")).collect();
    let mut speaker = peer;
    for said in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(speaker) {
            break;
        }
        let Some(address) = address(said.trim()) else { break };
        speaker = address;
    }
    speaker
}

/// An address as proxies write it: alone, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(peer: &str, said: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in said {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4711)));
        if !trusted.is_empty() {
            extensions.insert(Proxies(trusted.iter().map(|network| network.parse().unwrap()).collect()));
        }
        Source::of_request(&extensions, &headers).to_string()
    }

    #[test]
    fn a_peer_counts_by_its_network() {
        assert_eq!(source("203.0.113.9", &[], &[]), "203.0.113.9");
        assert_eq!(source("::ffff:203.0.113.9", &[], &[]), "203.0.113.9");
        assert_eq!(source("2001:db8:1:2:3:4:5:6", &[], &[]), "2001:db8:1:2::/64");
        assert_eq!(source("2001:db8:1:2:ffff::1", &[], &[]), "2001:db8:1:2::/64");
        assert_eq!(source("2001:db8:1:3::1", &[], &[]), "2001:db8:1:3::/64");
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(source("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(source("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(source("10.0.0.1", &["198.51.100.1"], &["10.0.0.0/8"]), "198.51.100.1");
        // What the client itself wrote stands before what the proxy added.
        assert_eq!(source("10.0.0.1", &["1.2.3.4, 198.51.100.1"], &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(source("10.0.0.1", &["1.2.3.4", "198.51.100.1, 10.9.9.9"], &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(source("10.0.0.1", &["198.51.100.1:5000"], &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(source("10.0.0.1", &["[2001:db8::7]:443"], &["10.0.0.0/8"]), "2001:db8::/64");
        // What nobody can read is nobody's address.
        assert_eq!(source("10.0.0.1", &["1.2.3.4, unknown"], &["10.0.0.0/8"]), "10.0.0.1");
        assert_eq!(source("10.0.0.1", &[], &["10.0.0.0/8"]), "10.0.0.1");
    }
}
