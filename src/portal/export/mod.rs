//! Everything the portal holds about a person, in one archive that streams: neither it nor a part of it is ever held.
//!
//! - `parts`: what there is; the lists a person sees, by the operations that show them
//! - `kept`: what no list shows, read from the database
//! - `files`: what was sent in, as it came; `table`: a part as CSV
//! - `routes`: the archive; `queries`: SQL

mod files;
mod kept;
mod parts;
pub(crate) mod queries;
pub(crate) mod routes;
mod table;
