//! Autopay: bills that are paid by themselves, each announced three days ahead, once in a cycle, whoever runs this and
//! however often it is killed. The announcement and its notice are one unit; so are taking an announced bill and the
//! intent of its payment, which is then settled as any other is.
//!
//! - `rules`: which bill, when, up to how much: pure decisions; `words`: what a rule means, in a sentence
//! - `plan`: what the rules of an account mean for its open bills
//! - `run`: announcing and paying, by the worker; `told`: what residents are told
//! - `ended`: rules that end with something else: their method, their account
//! - `routes` (HTTP), `queries` (SQL)

mod ended;
mod plan;
pub(crate) mod queries;
pub(crate) mod routes;
mod rules;
pub(crate) mod run;
mod told;
mod words;

pub(crate) use self::{
    ended::{account_rests, method_removed},
    plan::{Plan, takes},
};
