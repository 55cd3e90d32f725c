//! Floor program.
