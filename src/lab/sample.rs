//! The sample labs of `resources/labs`, embedded: what a person can run at once.

use super::error::LabErrors;
use super::file::Lab;
use super::read::Override;
use crate::text;
use crate::text::Message;

/// A lab that comes with the program.
#[derive(Debug)]
pub struct Sample {
    /// What it is called on the command line; its file is `<name>.toml`.
    pub name: &'static str,
    /// What it is about, in one line.
    pub title: fn() -> Message,
    /// The lab file.
    pub text: &'static str,
}

macro_rules! samples {
    ($($name:literal, $title:literal;)*) => {
        &[$(Sample {
            name: $name,
            title: || text!($title),
            text: include_str!(concat!("../../resources/labs/", $name, ".toml")),
        },)*]
    };
}

/// All of them, in the order in which a person is offered them.
pub static SAMPLES: &[Sample] = samples! {
    "first-echo", "lab-sample-first-echo";
    "udp-echo", "lab-sample-udp-echo";
    "upper", "lab-sample-upper";
    "reverse", "lab-sample-reverse";
    "time", "lab-sample-time";
    "chat", "lab-sample-chat";
    "sticky", "lab-sample-sticky";
    "tftp-download", "lab-sample-tftp-download";
    "tftp-upload", "lab-sample-tftp-upload";
    "tftp-tutorial", "lab-sample-tftp-tutorial";
};

/// The sample of that name.
pub fn sample(name: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.name == name)
}

impl Sample {
    /// The lab it holds, with some values replaced.
    ///
    /// # Errors
    /// Those of the replacements; a test holds that a sample itself has none.
    pub fn lab(&self, overrides: &[Override]) -> Result<Lab, LabErrors> {
        Lab::parse_with(self.text, &format!("{}.toml", self.name), overrides)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_is_a_sample_and_every_sample_a_lab() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/resources/labs");
        let files = std::fs::read_dir(folder).expect("the folder");
        let files = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect::<BTreeSet<_>>();
        let names = SAMPLES.iter().map(|sample| format!("{}.toml", sample.name)).collect::<BTreeSet<_>>();
        assert_eq!(files, names);
        for sample in SAMPLES {
            let lab = sample.lab(&[]).unwrap_or_else(|errors| panic!("{errors}"));
            assert!(!lab.programs.is_empty(), "{}", sample.name);
            assert_eq!(Lab::parse(&lab.to_toml(), &format!("{}.toml", sample.name)), Ok(lab), "{}", sample.name);
        }
    }
}
