//! `socket-lab export`: writes the rows of a recording in another format.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;
use std::process::ExitCode;

use super::arguments::ExportArguments;
use super::{FAILED, OK, Voice, WRONG};
use crate::lab::{Fault, FileError, NewFile};
use crate::text;
use crate::text::nearest;
use crate::trace::line::{CSV_HEADER, csv, json};
use crate::trace::{Names, Record, Recording};

/// A format that a recording can be written in.
#[derive(Debug)]
pub(super) struct Target {
    /// Its name behind `--to`.
    pub(super) name: &'static str,
    /// What stands before the first row.
    head: Option<&'static str>,
    row: fn(&Record, &Names) -> String,
}

/// All of them.
pub(super) const TARGETS: &[Target] =
    &[Target { name: "csv", head: Some(CSV_HEADER), row: csv }, Target { name: "jsonl", head: None, row: json }];

/// Converts the recording; returns the status of the process.
pub(super) fn export(arguments: &ExportArguments, voice: Voice) -> ExitCode {
    let recording = match Recording::open(&arguments.recording) {
        Ok(recording) => recording,
        Err(error) => {
            voice.tell(&error.message());
            return ExitCode::from(WRONG);
        }
    };
    if is_same(&arguments.recording, &arguments.file) {
        voice.tell(&text!("cli-export-same", file = arguments.file.display().to_string()));
        return ExitCode::from(WRONG);
    }
    match write(&recording, arguments) {
        Ok(written) => {
            let mut losses = recording.losses.clone();
            losses.extend(recording.store.losses().into_iter().filter(|loss| !recording.losses.contains(loss)));
            voice.tell_all(&losses);
            match arguments.program.as_deref().filter(|_| written == 0) {
                Some(program) => {
                    tell_unknown(&recording, program, voice);
                    ExitCode::from(WRONG)
                }
                None if losses.is_empty() => OK,
                None => FAILED,
            }
        }
        // Whoever reads has enough.
        Err(failed) if failed.error.kind() == io::ErrorKind::BrokenPipe => OK,
        Err(failed) => {
            voice.tell(&failed.message());
            FAILED
        }
    }
}

/// Whether both paths lead to one file, which is there.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// Writes the file whole or not at all. A pipe, a device or standard output (`-`) is written to as it is: what is moved there would take its place. Returns how many
/// rows were written.
fn write(recording: &Recording, arguments: &ExportArguments) -> Result<u64, FileError> {
    let file = &arguments.file;
    let rows = |out: &mut dyn io::Write| write_rows(recording, arguments, out).map_err(FileError::of("write", file));
    if file.as_os_str() == "-" {
        return rows(&mut BufWriter::new(io::stdout().lock()));
    }
    if fs::metadata(file).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        let out = File::options().write(true).open(file).map_err(FileError::of("open", file))?;
        return rows(&mut BufWriter::new(out));
    }
    let mut new = NewFile::at(file)?;
    let written = rows(&mut new)?;
    if written > 0 || arguments.program.is_none() {
        new.take_place()?;
    }
    Ok(written)
}

/// Writes the rows; returns how many.
fn write_rows(recording: &Recording, arguments: &ExportArguments, out: &mut dyn io::Write) -> io::Result<u64> {
    if let Some(head) = arguments.to.head {
        writeln!(out, "{head}")?;
    }
    let mut written = 0;
    let names = recording.store.wait_for_names();
    for scan in recording.store.scans(1) {
        for record in scan.rows() {
            if arguments.program.as_ref().is_none_or(|program| names.program_name(record.program) == *program) {
                writeln!(out, "{}", (arguments.to.row)(record, &names))?;
                written += 1;
            }
        }
    }
    out.flush()?;
    Ok(written)
}

fn tell_unknown(recording: &Recording, program: &str, voice: Voice) {
    let names = recording.store.names();
    let known = names.programs().into_iter().map(|(_, program)| program.name.as_ref()).collect::<Vec<_>>();
    let fault = Fault::new(text!("cli-export-program", name = program), text!("lab-expected-word", words = known.join(", ")));
    voice.tell(&fault.near(nearest(program, known)).message());
}
