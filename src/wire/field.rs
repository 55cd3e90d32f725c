//! A part of a message as it is shown to a person: its bytes, what it is called, what it says, and which rule says so.

use std::ops::Range;

use crate::text;
use crate::text::Message;

/// A part of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its bytes in the message. The fields of a message follow each other without a gap and cover all of it.
    pub range: Range<usize>,
    /// What it is called.
    pub name: Message,
    /// What it says: the number, the text, or what the number stands for.
    pub value: String,
    /// What that means, and the section that says so.
    pub rule: Message,
    /// What is wrong with it.
    pub fault: Option<Message>,
}

impl Field {
    /// Whether it holds bytes of a file or a body, or what has no place: its value is their number, and they are worth a look of their own.
    pub fn is_data(&self) -> bool {
        [
            text!("wire-tftp-field-data"),
            text!("wire-tftp-field-surplus"),
            text!("wire-http-part-body"),
            text!("wire-http-part-chunk"),
            text!("wire-http-part-rest"),
        ]
        .contains(&self.name)
    }
}
