//! `socket-lab script`: the other side of a lab's programs as Python, as the menu of a program hands it out in the window.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::arguments::ScriptArguments;
use super::{FAILED, OK, Voice, WRONG, lab, show};
use crate::lab::{Fault, FileError, Lab, NoScript, Script};
use crate::program::proposed_name;
use crate::text;
use crate::text::{Message, nearest};

/// Prints, lists or writes what is asked for; returns the status of the process.
pub(super) fn script(arguments: &ScriptArguments, voice: Voice) -> ExitCode {
    let handed_out = lab::load(&arguments.lab, &arguments.set).and_then(|lab| Handout::of(&lab, arguments.program.as_deref(), voice));
    let refused = |why: Vec<Message>| {
        voice.tell_all(&why);
        ExitCode::from(WRONG)
    };
    let handout = match handed_out {
        Ok(handout) => handout,
        Err(why) => return refused(why),
    };
    let Some(output) = &arguments.output else {
        return show(&if arguments.program.is_some() { handout.texts() } else { handout.list() });
    };
    // One script goes into a file or, under its own name, into a folder that is there; all go into a folder, which is made.
    let folder = arguments.program.is_none() || output.is_dir();
    let files = handout.files(output, folder);
    let taken = files.iter().filter_map(|(file, _)| in_the_way(file, arguments.overwrite)).collect::<Vec<_>>();
    if !taken.is_empty() {
        return refused(taken);
    }
    match write(&files, output.as_path(), folder) {
        Ok(()) => OK,
        Err(failed) => {
            voice.tell(&failed.message());
            FAILED
        }
    }
}

/// Scripts, each with the name of its program.
struct Handout(Vec<(String, Script)>);

impl Handout {
    /// Of this program, or of all; those that have none are told then.
    ///
    /// # Errors
    /// Why there is no script at all.
    fn of(lab: &Lab, program: Option<&str>, voice: Voice) -> Result<Self, Vec<Message>> {
        let (mut scripts, mut without, mut names) = (Vec::new(), Vec::new(), HashSet::new());
        for spec in &lab.programs {
            match lab.other_side(&spec.name, None) {
                Ok(script) => {
                    let name = own_name(&script.name, &mut names);
                    scripts.push((spec.name.clone(), Script { name, ..script }));
                }
                Err(why) => without.push((spec.name.as_str(), why.message())),
            }
        }
        if let Some(program) = program {
            if !lab.programs.iter().any(|spec| spec.name == program) {
                return Err(vec![unknown(lab, program)]);
            }
            scripts.retain(|(name, _)| name == program);
            without.retain(|(name, _)| *name == program);
        }
        let without = without.into_iter().map(|(_, why)| why).collect::<Vec<_>>();
        if scripts.is_empty() {
            return Err(without);
        }
        voice.tell_all(&without);
        Ok(Self(scripts))
    }

    fn texts(&self) -> String {
        self.0.iter().map(|(_, script)| script.text.as_str()).collect()
    }

    /// Programs and the names of their scripts, one a line.
    fn list(&self) -> String {
        let width = self.0.iter().map(|(program, _)| program.chars().count()).max().unwrap_or_default();
        let line = |(program, script): &(String, Script)| format!("{program:width$}  {}", script.name);
        self.0.iter().map(line).chain([String::new()]).collect::<Vec<_>>().join("\n")
    }

    /// Where each goes.
    fn files(&self, output: &Path, is_folder: bool) -> Vec<(PathBuf, &Script)> {
        let place = |script: &Script| if is_folder { output.join(&script.name) } else { output.to_owned() };
        self.0.iter().map(|(_, script)| (place(script), script)).collect()
    }
}

/// A name for the file that every system takes, and that none of `names` has, in capitals or not.
fn own_name(name: &str, names: &mut HashSet<String>) -> String {
    let proposed = proposed_name(name);
    let numbered = (2_u32..).map(|number| format!("{number}-{proposed}"));
    let own = std::iter::once(proposed.clone()).chain(numbered).find(|name| names.insert(name.to_lowercase()));
    own.unwrap_or(proposed)
}

/// Why nothing may be written there, if so.
fn in_the_way(file: &Path, overwrite: bool) -> Option<Message> {
    let known = fs::metadata(file).ok()?;
    let shown = file.display().to_string();
    match (known.is_file(), overwrite) {
        (true, true) => None,
        (true, false) => Some(text!("cli-script-exists", file = shown)),
        // A folder, a device, a pipe: whatever replaced it would take its place.
        (false, _) => Some(text!("cli-script-no-file", file = shown)),
    }
}

/// # Errors
/// Which call failed, and how; the files before stand.
fn write(files: &[(PathBuf, &Script)], output: &Path, is_folder: bool) -> Result<(), FileError> {
    if is_folder {
        fs::create_dir_all(output).map_err(FileError::of("mkdir", output))?;
    }
    files.iter().try_for_each(|(file, script)| script.save(file))
}

fn unknown(lab: &Lab, program: &str) -> Message {
    let known = lab.programs.iter().map(|spec| spec.name.as_str()).collect::<Vec<_>>();
    let why = NoScript::NoProgram(program.to_owned()).message();
    Fault::new(why, text!("lab-expected-word", words = known.join(", "))).near(nearest(program, known)).message()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_has_a_name_of_its_own_that_is_no_path() {
        let mut names = HashSet::new();
        let own = ["client-for-a.py", "client-for-A.py", "client-for-../a.py", "client-for-b/a.py", "client-for-.."];
        let own = own.map(|name| own_name(name, &mut names));
        assert_eq!(own, ["client-for-a.py", "2-client-for-A.py", "a.py", "2-a.py", "client-for-"]);
    }
}
