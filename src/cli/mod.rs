//! Floor cli.
