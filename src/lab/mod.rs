//! Floor lab.
