//! HTTP: who is calling, what is asked, what is answered.
//!
//! - `paging`: pages by key
//! - `router`: guarded routes, the only way an operation is reached
//! - `context`: what a handler is given
//! - `grant`: who may call what
//! - `input`: reading a request's path, query and body
//! - `archive`: archives that stream out
//! - `answer`: JSON, problem documents, streams of lines
//! - `exposure`: where a portal may listen
//! - `feed`: a list as a stream of lines
//! - `file`: files that stream in and out
//! - `openapi`: the document of all of it
//! - `opening`: what comes before a handler
//! - `server`: listening, TLS, health, draining
//! - `source`: the network a request comes from

pub mod answer;
pub mod archive;
pub mod context;
pub mod exposure;
pub mod feed;
pub mod file;
pub mod grant;
pub mod input;
pub mod openapi;
mod opening;
pub mod paging;
pub mod router;
pub mod server;
pub mod source;
