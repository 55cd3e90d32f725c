//! Socket Lab.
fn main() {}
