//! Whole uis on buffers.
