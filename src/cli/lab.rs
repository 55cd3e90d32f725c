//! The lab that an argument names: a file, or a sample.

use std::ffi::OsStr;

use crate::lab::{Lab, Named, Override};
use crate::text;
use crate::text::Message;

/// The lab file or the sample of that name, with the values that were set.
///
/// # Errors
/// What is wrong with the name, the file or the values.
pub(super) fn load(lab: &OsStr, set: &[String]) -> Result<Lab, Vec<Message>> {
    let overrides = set.iter().map(|argument| Override { argument: argument.clone() }).collect::<Vec<_>>();
    let named = Named::of(lab, &[]).map_err(|unknown| vec![unknown])?;
    let shown = lab.to_string_lossy();
    let lab = match named {
        Named::Sample(sample) => sample.lab(&overrides).map_err(|errors| errors.messages())?,
        Named::File(path) => Lab::open(&path, &overrides)?,
    };
    if lab.programs.is_empty() { Err(vec![text!("cli-lab-empty", file = shown.into_owned())]) } else { Ok(lab) }
}
