//! Floor net.
