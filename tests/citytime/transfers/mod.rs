//! Money that residents send from their own bank: asking where to and under which reference.

mod asking;
