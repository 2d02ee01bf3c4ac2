//! The door of an account: who gets in, who must wait, and what only the owner may do.
//!
//! - `limits`: guesses are slowed down, the owner never is; every way to sign in costs the same
//! - `crowd`: two hundred guesses at once, at real portals that are started anew
//! - `sessions`: where one is signed in, and ending that
//! - `password`: the password changed, and asked for again

mod crowd;
mod limits;
mod password;
mod sessions;
