//! The lab that an argument names: a file, or a sample.

use std::ffi::OsStr;
use std::path::Path;

use crate::lab::{Fault, Lab, Override, SAMPLES, sample};
use crate::text;
use crate::text::{Message, nearest};

/// The lab file or the sample of that name, with the values that were set.
///
/// # Errors
/// What is wrong with the name, the file or the values.
pub(super) fn load(lab: &OsStr, set: &[String]) -> Result<Lab, Vec<Message>> {
    let overrides = set.iter().map(|argument| Override { argument: argument.clone() }).collect::<Vec<_>>();
    let shown = lab.to_string_lossy();
    let path = Path::new(lab);
    let lab = if let Some(sample) = lab.to_str().and_then(sample).filter(|_| !path.is_file()) {
        sample.lab(&overrides).map_err(|errors| errors.messages())?
    } else {
        if matches!(path.try_exists(), Ok(false)) {
            return Err(vec![unknown(&shown)]);
        }
        Lab::open(path, &overrides)?
    };
    if lab.programs.is_empty() { Err(vec![text!("cli-lab-empty", file = shown.into_owned())]) } else { Ok(lab) }
}

/// There is no such file, and no such sample.
fn unknown(name: &str) -> Message {
    let names = SAMPLES.iter().map(|sample| sample.name).collect::<Vec<_>>();
    let fault = Fault::new(text!("cli-lab-unknown", name = name), text!("cli-expected-lab", samples = names.join(", ")));
    fault.near(nearest(name, names)).message()
}
