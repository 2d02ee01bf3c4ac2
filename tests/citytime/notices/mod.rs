//! Notices: what people are told, read from the letters themselves.
//!
//! - `ended`: the links that end letters
//! - `letters`: through a real mail server, with STARTTLS and AUTH: once, in time, and again after a crash
//! - `messages`: through a stand-in of the SMS service
//! - `told`: every change tells; what was told is listed, streamed, chosen

mod ended;
mod letters;
mod messages;
mod told;
