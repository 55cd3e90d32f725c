//! Floor ui.
