//! The network a request comes from, by which guesses are counted and sessions are told apart.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// A household or a server has at least so much of IPv6 for itself: who has one address of it has them all.
const HOUSEHOLD: u32 = 64;

/// The network a request comes from: an IPv4 address, or the /64 of an IPv6 one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source(IpAddr);

impl Source {
    /// Where an address belongs; all that come from nobody knows where are one.
    pub fn of(address: Option<IpAddr>) -> Self {
        Self(match address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => {
                let mask = u128::MAX << (128 - HOUSEHOLD);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_counts_by_its_network() {
        let source = |address: &str| Source::of(Some(address.parse().unwrap())).to_string();
        assert_eq!(source("203.0.113.9"), "203.0.113.9");
        assert_eq!(source("::ffff:203.0.113.9"), "203.0.113.9");
        assert_eq!(source("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(source("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
        assert_eq!(source("2001:db8:1:3::1"), "2001:db8:1:3::/64");
        assert_eq!(Source::of(None).to_string(), "0.0.0.0");
    }
}
