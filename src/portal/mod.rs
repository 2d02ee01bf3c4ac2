//! The server a city hosts.
//!
//! - [`store`]: the database: SQLite or PostgreSQL, one SQL text for both

pub mod store;

/// Every query of the portal, so that a test can prepare each on both databases.
pub fn queries() -> impl Iterator<Item = &'static store::Query> {
    [store::ALL].into_iter().flatten().copied()
}
