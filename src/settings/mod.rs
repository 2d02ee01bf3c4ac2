//! What was settled: flag > environment > config file > default, resolved once.
//!
//! - [`environment`]: the one registry of environment variables; [`duration`]: spans of time as people type them
//! - [`directories`]: where the files are; `kept`: files changed whole, one process at a time
//! - [`api_key`]: the key to file requests with at an Open311 city; [`directory`]: Open311 endpoints that are known
//! - [`flags`]: the flags every command takes; [`output`]: how results are printed
//! - [`address`]: a portal's address; [`config`]: `config.toml`; [`profiles`]: the cities in it
//! - [`credentials`]: `credentials.toml`; [`token`]: what to sign in with
//! - [`resolve`]: all of it together

pub mod address;
pub mod api_key;
pub mod config;
pub mod credentials;
pub mod directories;
pub mod directory;
pub mod duration;
pub mod environment;
pub mod flags;
mod kept;
pub mod output;
pub mod profiles;
pub mod resolve;
pub mod token;

pub use self::{
    address::PortalUrl,
    api_key::ApiKey,
    config::Config,
    credentials::{Credential, Credentials},
    directories::Directories,
    environment::Environment,
    flags::GlobalFlags,
    output::{Asking, ColorChoice, Consent, Format, Header, OutputSettings, Verbosity},
    profiles::{Kind, Open311, Profile, Profiles, Replace},
    resolve::{Origin, Setting, Settings},
    token::{Token, TokenSource, token_for},
};
