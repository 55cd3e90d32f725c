//! macOS alone.
