//! What a person writes in order to send it: text in a character set, bytes in hexadecimal, or a file.

use std::path::PathBuf;

use super::outgoing::{Data, DataError};
use crate::wire::Charset;

/// The longest text that is written by hand, in bytes; what is longer comes from a file.
pub const MOST_TYPED: usize = 1 << 20;

/// A message as it is written, which may not be right yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What is written: the text with its escapes, the digits, or the path.
    pub text: String,
    /// What that is.
    pub form: Form,
    /// The character set of a text.
    pub charset: Charset,
    /// What ends each line of a text, the last one too.
    pub ending: LineEnding,
}

/// How a message is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// Text with escapes.
    #[default]
    Text,
    /// Bytes in hexadecimal.
    Hex,
    /// The path of a file.
    File,
}

impl Form {
    /// All of them, in the order in which a person is offered them.
    pub const ALL: &[Self] = &[Self::Text, Self::Hex, Self::File];
}

/// What is put behind a line of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LineEnding {
    /// Nothing; a line break within the text is a line feed.
    #[default]
    None,
    /// A line feed, as on Unix.
    Lf,
    /// Carriage return and line feed, as most protocols of text want it (RFC 5198).
    CrLf,
    /// A carriage return.
    Cr,
}

impl LineEnding {
    /// All of them, in the order in which a person is offered them.
    pub const ALL: &[Self] = &[Self::None, Self::Lf, Self::CrLf, Self::Cr];

    /// The characters.
    pub const fn characters(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }

    /// What it is called: `CRLF`. Empty for none.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Lf => "LF",
            Self::CrLf => "CRLF",
            Self::Cr => "CR",
        }
    }
}

impl Draft {
    /// What would be sent. Reads no file.
    ///
    /// # Errors
    /// What is wrong in what is written, with its place.
    pub fn data(&self) -> Result<Data, DataError> {
        match self.form {
            Form::Hex => Data::hex(&self.text),
            Form::File => Ok(Data::File(PathBuf::from(&self.text))),
            Form::Text => {
                // First as it is written, so that an error stands where the person sees it.
                let plain = Data::typed(&self.text, self.charset)?;
                if self.ending == LineEnding::None {
                    return Ok(plain);
                }
                let ending = self.ending.characters();
                Data::typed(&format!("{}{ending}", self.text.replace('\n', ending)), self.charset)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(draft: &Draft) -> Vec<u8> {
        draft.data().unwrap().bytes().unwrap().to_vec()
    }

    #[test]
    fn every_line_has_its_ending_in_its_character_set() {
        let draft = |ending, charset| Draft { text: "a\n你".to_owned(), ending, charset, ..Draft::default() };
        for (ending, expected) in
            [(LineEnding::None, "a\n你"), (LineEnding::Lf, "a\n你\n"), (LineEnding::CrLf, "a\r\n你\r\n"), (LineEnding::Cr, "a\r你\r")]
        {
            assert_eq!(bytes(&draft(ending, Charset::Utf8)), expected.as_bytes(), "{ending:?}");
        }
        assert_eq!(bytes(&draft(LineEnding::CrLf, Charset::Gbk)), b"a\r\n\xc4\xe3\r\n");
        assert_eq!(bytes(&draft(LineEnding::Lf, Charset::Utf16Be)), b"\0a\0\n\x4f\x60\0\n");
    }

    #[test]
    fn an_error_stands_where_it_was_written() {
        let draft = Draft { text: "a\nb\n你".to_owned(), ending: LineEnding::CrLf, charset: Charset::Latin1, ..Draft::default() };
        assert_eq!(draft.data().unwrap_err().position().unwrap().column, 5);
        let draft = Draft { text: "0g".to_owned(), form: Form::Hex, ending: LineEnding::CrLf, ..Draft::default() };
        assert_eq!(draft.data().unwrap_err().position().unwrap().column, 2);
        let hex = Draft { text: "00 ff".to_owned(), ..draft };
        assert_eq!(bytes(&hex), [0, 0xff], "a line ending belongs to text");
    }
}
