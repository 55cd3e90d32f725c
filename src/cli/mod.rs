//! The lab without a window: `socket-lab run`.
//!
//! The trace alone goes to standard output, everything else to standard error, in the language of the person.

mod arguments;
