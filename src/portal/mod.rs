//! The server a city hosts.
