//! What a person types into a field of a form: read as in a lab file, so that a form and a file agree on what is wrong.

use super::error::Errors;
use super::field::Field;
use super::read::value_of;
use super::setting::Setting;
use super::shape::Reader;
use crate::text::Message;

impl<T> Field<T> {
    /// The value that `typed` states, with or without the quotes of TOML.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence.
    pub fn typed(&self, typed: &str) -> Result<Setting, Message> {
        let mut errors = Errors::new("", typed);
        let value = value_of(Some(self), typed);
        let setting = self.shape.read(&mut Reader { key: self.key, argument: Some(typed), errors: &mut errors }, &value);
        match (setting, errors.end()) {
            (Some(setting), Ok(())) => Ok(setting),
            (_, errors) => {
                let first = errors.err().and_then(|errors| errors.errors.into_iter().next());
                Err(first.map_or_else(|| crate::text!("lab-value-wrong", key = self.key, value = typed), |error| error.fault.message()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lab::FIELDS;

    #[test]
    fn every_field_reads_what_it_shows() {
        for field in FIELDS {
            let typed = field.typed(field.example).unwrap_or_else(|error| panic!("{}: {error}", field.key));
            assert_eq!(field.typed(&typed.to_text()), Ok(typed), "{}", field.key);
        }
    }

    #[test]
    fn what_is_wrong_names_the_key() {
        let field = super::super::field(crate::program::ProgramKind::TcpServer, "backlog").expect("in the table");
        assert!(field.typed("many").expect_err("no number").to_string().contains("backlog"));
        assert!(field.typed("-1").is_err());
    }
}
