//! Real `citytime portal serve` processes: what holds when hundreds pay at once, when the portal is killed, told to
//! end, cut off from its database, or served over TLS.

mod double_payment;
mod drain;
mod killed;
