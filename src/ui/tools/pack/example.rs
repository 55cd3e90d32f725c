//! Formats to begin with: those of the tutorials, and those that show what order and alignment do.

use crate::text;
use crate::text::Message;

/// A format with values, and what each of them is.
pub(super) struct Example {
    /// What it is called.
    pub(super) title: fn() -> Message,
    /// The format.
    pub(super) format: &'static str,
    /// The values, as they are typed.
    pub(super) values: &'static [&'static str],
    /// What each value is; nothing where there is nothing to say.
    pub(super) meanings: &'static [fn() -> Message],
    /// What there is to see.
    pub(super) note: fn() -> Message,
}

/// All examples; the tool begins with the first.
pub(super) static EXAMPLES: &[Example] = &[
    Example {
        title: || text!("ui-pack-example-rrq"),
        format: "!H10sb5sb",
        values: &["1", "b'kernel.img'", "0", "b'octet'", "0"],
        meanings: &[
            || text!("wire-tftp-field-opcode"),
            || text!("wire-tftp-field-name"),
            || text!("ui-pack-end"),
            || text!("wire-tftp-field-mode"),
            || text!("ui-pack-end"),
        ],
        note: || text!("ui-pack-example-rrq-note"),
    },
    Example {
        title: || text!("ui-pack-example-ack"),
        format: "!HH",
        values: &["4", "1"],
        meanings: &[|| text!("wire-tftp-field-opcode"), || text!("wire-tftp-field-block")],
        note: || text!("ui-pack-example-ack-note"),
    },
    Example {
        title: || text!("ui-pack-example-error"),
        format: "!HH5sb",
        values: &["5", "1", "b'error'", "0"],
        meanings: &[
            || text!("wire-tftp-field-opcode"),
            || text!("wire-tftp-field-code"),
            || text!("wire-tftp-field-text"),
            || text!("ui-pack-end"),
        ],
        note: || text!("ui-pack-example-error-note"),
    },
    Example {
        title: || text!("ui-pack-example-length"),
        format: "!I5s",
        values: &["5", "b'hello'"],
        meanings: &[|| text!("ui-pack-length"), || text!("ui-pack-message")],
        note: || text!("ui-pack-example-length-note"),
    },
    Example {
        title: || text!("ui-pack-example-aligned"),
        format: "@bIhq",
        values: &["1", "2", "3", "4"],
        meanings: &[],
        note: || text!("ui-pack-example-aligned-note"),
    },
    Example {
        title: || text!("ui-pack-example-numbers"),
        format: "<bB?hHiIqQefd",
        values: &["-1", "255", "True", "-2", "65535", "-3", "0xdeadbeef", "-4", "0xcafe", "0.1", "0.1", "0.1"],
        meanings: &[],
        note: || text!("ui-pack-example-numbers-note"),
    },
];
