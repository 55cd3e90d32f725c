//! Floor wire.
