//! Real `citytime portal serve` processes: what a person types against one, and what holds when hundreds pay at once, when the portal is killed, told to
//! end, cut off from its database, out of disk, or shown to the network.

mod autopay;
mod by_hand;
mod commit_points;
mod double_payment;
mod drain;
mod exposure;
mod full_disk;
mod health;
mod killed;
mod reconciler;
