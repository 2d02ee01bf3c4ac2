//! The test house: what every integration test stands on.
//!
//! - `both`: one test body, run on SQLite and on PostgreSQL
//! - `postgres`: a private PostgreSQL cluster that ends with the test process
//! - `mail`: what the portal has written to people
//! - `portal`: a whole portal of the made-up city, with its people signed in
//! - `browser`: what a browser sends and shows, without one
//! - `command`: a person's shell: runs the built binary with an environment of its own and shows what it answered
//! - `api`: the portal asked over HTTP, without the command between
//! - `certificates`: a certificate authority of a city's own
//! - `mailserver`: a real mail server beside the test
//! - `lossy`: a proxy that loses answers
//! - `commits`: a proxy before PostgreSQL that stops at a commit
//! - `held`: a unit of somebody else's that is not committed yet
//! - `running`: a program beside the test, to be signalled and killed
//! - `served`: a made-up city served by real `portal serve` processes
//! - `terminal`: the same at a terminal: prompts, widths, what a person sees
//! - `steady`: what differs from run to run (ids, ports, folders), made the same for snapshots
//! - `leash`: what tests start ends with them, also when they are killed
//! - `tools`: what the machine may lack: strace, a Python with modules of PyPI
//! - `eventually`: waiting for something that happens elsewhere

pub(crate) mod api;
pub(crate) mod both;
pub(crate) mod browser;
pub(crate) mod certificates;
pub(crate) mod command;
pub(crate) mod commits;
pub(crate) mod eventually;
pub(crate) mod held;
pub(crate) mod leash;
pub(crate) mod lossy;
pub(crate) mod mail;
pub(crate) mod mailserver;
pub(crate) mod portal;
pub(crate) mod postgres;
pub(crate) mod running;
pub(crate) mod served;
pub(crate) mod steady;
pub(crate) mod terminal;
pub(crate) mod tools;

mod self_tests;
