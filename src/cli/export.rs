//! `socket-lab export`: writes the rows of a recording in another format.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::arguments::ExportArguments;
use super::{FAILED, OK, Voice, WRONG};
use crate::lab::Fault;
use crate::text;
use crate::text::nearest;
use crate::trace::line::{CSV_HEADER, csv, json};
use crate::trace::{Errno, Names, Record, Recording, file_meaning};

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
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => OK,
        Err(error) => {
            let (file, errno) = (arguments.file.display().to_string(), Errno::of(&error));
            voice.tell(&text!("cli-export-failed", file = file, errno = errno.name(), meaning = file_meaning(errno)));
            FAILED
        }
    }
}

/// Whether both paths lead to one file, which is there.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// Writes the file beside its place and moves it there when it is complete: under its name it is whole or not there. A pipe, a device or standard output
/// (`-`) is written to as it is: what is moved there would take its place. Returns how many rows were written.
fn write(recording: &Recording, arguments: &ExportArguments) -> io::Result<u64> {
    let file = &arguments.file;
    if file.as_os_str() == "-" {
        return Ok(write_rows(recording, arguments, io::stdout().lock())?.0);
    }
    if fs::metadata(file).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        return Ok(write_rows(recording, arguments, File::options().write(true).open(file)?)?.0);
    }
    let part = beside(file);
    let written = File::create(&part).and_then(|out| write_rows(recording, arguments, out)).and_then(|(written, out)| {
        out.sync_all()?;
        match written {
            0 if arguments.program.is_some() => fs::remove_file(&part).map(|()| 0),
            _ => fs::rename(&part, file).map(|()| written),
        }
    });
    if written.is_err() {
        // What there is of it is of no use; the error says more than this one could.
        fs::remove_file(&part).ok();
    }
    written
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".part");
    file.with_file_name(name)
}

/// Writes the rows; returns how many, and where they were written to.
fn write_rows<W: io::Write>(recording: &Recording, arguments: &ExportArguments, to: W) -> io::Result<(u64, W)> {
    let mut out = BufWriter::new(to);
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
    Ok((written, out.into_inner().map_err(io::IntoInnerError::into_error)?))
}

fn tell_unknown(recording: &Recording, program: &str, voice: Voice) {
    let names = recording.store.names();
    let known = names.programs().into_iter().map(|(_, program)| program.name.as_ref()).collect::<Vec<_>>();
    let fault = Fault::new(text!("cli-export-program", name = program), text!("lab-expected-word", words = known.join(", ")));
    voice.tell(&fault.near(nearest(program, known)).message());
}
