//! `socket-lab run`: runs a lab without a window, until its clients have ended, its time is over, or a signal comes.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, after, bounded, never, select_biased};

use super::arguments::RunArguments;
use super::printer::Printer;
use super::why::Why;
use super::{FAILED, OK, Voice, WRONG, lab, step};
use crate::lab::{Lab, ProgramStatus, Session, SessionCommand};
use crate::program::Role;
use crate::text;
use crate::text::Message;
use crate::trace::load::Loads;
use crate::trace::{Errno, Recording, RecordingState, Settings, Store, file_meaning, notation};

/// How long programs may take to end before those that have not are named and left behind.
const END_TIME: Duration = Duration::from_secs(10);

/// Signals that come within this time of the first are the same request: timeout(1) sends SIGTERM twice, to the process and to its group, and a terminal that
/// closes sends several.
const TOGETHER: Duration = Duration::from_millis(500);

/// Status of a process that SIGINT ended: 128 + 2, as shells have it.
const INTERRUPTED: i32 = 130;

/// Runs the lab; returns the status of the process.
pub(super) fn run(arguments: &RunArguments, voice: Voice) -> ExitCode {
    let lab = match load(arguments) {
        Ok(lab) => lab,
        Err(messages) => {
            voice.tell_all(&messages);
            return ExitCode::from(WRONG);
        }
    };
    if let Some(path) = arguments.record.as_deref().filter(|path| !arguments.overwrite && holds_a_recording(path)) {
        voice.tell(&text!("cli-record-exists", file = path.display().to_string()));
        return ExitCode::from(WRONG);
    }
    voice.tell_all(&lab.warnings());
    let signals = catch_signals(voice);
    match run_lab(lab, arguments, &signals, voice) {
        Ok(status) => status,
        Err(error) => {
            voice.tell(&text!("cli-not-started", detail = error.to_string()));
            FAILED
        }
    }
}

/// The lab, whose programs run nothing for others that nobody has agreed to.
fn load(arguments: &RunArguments) -> Result<Lab, Vec<Message>> {
    let lab = lab::load(&arguments.lab, &arguments.set)?;
    let unasked = |(program, commands): (String, String)| text!("cli-command-unasked", program = program, commands = commands);
    let unasked = commanding(&lab).into_iter().filter(|_| !arguments.allow_command).map(unasked).collect::<Vec<_>>();
    if unasked.is_empty() { Ok(lab) } else { Err(unasked) }
}

/// Whether a recording stands there, which would be lost. What is none is never replaced.
fn holds_a_recording(path: &Path) -> bool {
    let mut head = [0; 8];
    let read = File::open(path).and_then(|file| file.take(head.len() as u64).read(&mut head));
    read.is_ok_and(|count| Recording::is_begun_by(head.get(..count).unwrap_or_default()))
}

/// The programs that run commands for others which are not known to be harmless.
fn commanding(lab: &Lab) -> Vec<(String, String)> {
    lab.commanding(&lab.programs.iter().map(|spec| spec.name.clone()).collect::<Vec<_>>())
}

/// Gets a word at the first SIGINT, SIGTERM or SIGHUP. One that comes later ends the process at once.
fn catch_signals(voice: Voice) -> Receiver<()> {
    let (signal, signals) = bounded(1);
    let first = OnceLock::new();
    let handler = move || {
        if first.get_or_init(Instant::now).elapsed() > TOGETHER {
            end_at_once();
        }
        // Full means that the word was given.
        signal.try_send(()).ok();
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        voice.tell(&text!("cli-signals", detail = error.to_string()));
    }
    signals
}

#[expect(clippy::exit, reason = "a person who asks twice does not want to wait for anything")]
fn end_at_once() {
    std::process::exit(INTERRUPTED);
}

/// Runs the programs to their end and prints the trace.
fn run_lab(lab: Lab, arguments: &RunArguments, signals: &Receiver<()>, voice: Voice) -> io::Result<ExitCode> {
    let permitted = commanding(&lab).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let session = Arc::new(Session::new(lab, Settings::default())?);
    // Without the flag it has not come so far.
    session.permit(&permitted);
    if let Some(error) = arguments.record.as_deref().and_then(|path| session.record(path).err()) {
        voice.tell(&error.message());
        return Ok(ExitCode::from(WRONG));
    }
    session.sample_every(arguments.sample)?;
    let (gone, output_gone) = bounded(1);
    let printer = Printer::start(session.trace(), arguments.format, voice.language, io::stdout(), gone)?;
    let (changed, changes) = bounded(1);
    notify(&session, changed);
    if arguments.step {
        step::start(&session, voice, io::stdin())?;
    }
    let start = if arguments.step { SessionCommand::StartAllHeld } else { SessionCommand::StartAll };
    // Nothing else is in its queue yet.
    session.command(start).ok();
    let deadline = arguments.limit.and_then(|limit| Instant::now().checked_add(limit));
    wait_for_the_end(&session, deadline, &[signals, &output_gone], &changes);
    session.command(SessionCommand::StopAll).ok();
    session.wait(|programs| programs.iter().all(is_done), END_TIME);
    let recorded = session.trace().finish_recording();
    session.trace().flush();
    let printed = printer.finish(session.trace().store().newest(), || voice.tell(&text!("cli-still-printing")));
    tell_loads(session.trace().store(), voice);
    let mut has_failed = tell_failures(&session.status(), session.trace().store(), voice);
    if printed.lost > 0 {
        voice.tell(&text!("cli-rows-lost", count = printed.lost));
    }
    if let Some(said) = session.trace().failed() {
        voice.tell(&text!("cli-recorder-failed", said = &*said));
        has_failed = true;
    }
    if let Some(error) = printed.failure {
        voice.tell(&output_failed(&error));
        has_failed = true;
    }
    if let Some(RecordingState::Failed(what)) = recorded.map(|recorded| recorded.state) {
        voice.tell(&what);
        has_failed = true;
    }
    Ok(if has_failed { FAILED } else { OK })
}

fn notify(session: &Session, changed: Sender<()>) {
    session.on_change(move || {
        // Full means that the change will be looked at anyway.
        changed.try_send(()).ok();
    });
}

/// Returns when the programs have nothing more to do, the time is over, or one of `others` says so.
fn wait_for_the_end(session: &Session, deadline: Option<Instant>, [signals, output_gone]: &[&Receiver<()>; 2], changes: &Receiver<()>) {
    let timer = deadline.map_or_else(never, |deadline| after(deadline.saturating_duration_since(Instant::now())));
    loop {
        select_biased! {
            recv(signals) -> _ => return,
            recv(output_gone) -> _ => return,
            recv(timer) -> _ => return,
            recv(changes) -> _ => if is_over(&session.status()) { return },
        }
    }
}

/// Whether all clients have ended, or nothing runs that could be asked.
fn is_over(programs: &[ProgramStatus]) -> bool {
    let mut clients = programs.iter().filter(|program| program.kind.role() == Role::Client).peekable();
    (clients.peek().is_some() && clients.all(ProgramStatus::has_ended)) || programs.iter().all(ProgramStatus::has_ended)
}

/// Whether nothing more is to be waited for: it does not run, or what is left of it cannot be woken.
fn is_done(program: &ProgramStatus) -> bool {
    !program.is_waiting && (!program.is_running() || !program.lingering.is_empty())
}

/// Why the trace could not be printed.
fn output_failed(error: &io::Error) -> Message {
    let errno = Errno::of(error);
    text!("cli-output-failed", errno = errno.name(), meaning = file_meaning(errno))
}

/// Says what load clients measured.
fn tell_loads(store: &Store, voice: Voice) {
    let mut loads = Loads::default();
    store.scans(1).for_each(|scan| loads.fold(scan.rows()));
    let names = store.names();
    for (_, load) in loads.all() {
        let time = |nanoseconds: Option<u64>| notation::duration(Duration::from_nanos(nanoseconds.unwrap_or_default()));
        let part = |percent| time(load.latencies.percentile(percent));
        voice.tell(&text!(
            "cli-load",
            program = &*load.name,
            server = load.server.map(|server| names.program_name(server)).unwrap_or_default(),
            connections = load.connected,
            once = load.at_once.to_string(),
            messages = load.latencies.total().to_string(),
            rate = format!("{:.0}", load.rate().unwrap_or_default()),
            half = part(50),
            most = part(90),
            nearly = part(99),
            longest = time(Some(load.latencies.most())),
            threads = load.threads.to_string(),
            processes = load.processes.to_string(),
            failed = load.failed.to_string()
        ));
    }
}

/// Says what failed and what has not ended; returns whether anything failed.
fn tell_failures(programs: &[ProgramStatus], store: &Store, voice: Voice) -> bool {
    let why = Why::of(programs, store);
    for program in programs {
        let name = program.name.as_str();
        if let Some(failure) = &program.failure {
            let what = failure.message.clone();
            voice.tell(&match why.cause(program, store) {
                Some(cause) => text!("cli-failed-cause", program = name, what = what, cause = cause),
                None => text!("cli-failed", program = name, what = what),
            });
        }
        if program.panicked {
            voice.tell(&text!("cli-panicked", program = name));
        }
        if program.is_running() {
            voice.tell(&text!("cli-lingering", program = name, threads = program.lingering.join(", ")));
        }
    }
    programs.iter().any(ProgramStatus::has_failed)
}
