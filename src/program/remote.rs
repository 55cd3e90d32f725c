//! Runs the command line that a peer has sent, within bounds, and answers what it wrote.
//!
//! Never through a shell: the line is split into words as a shell would quote them, and nothing in it is expanded, so that `;`, `|`, `$()` and the like are
//! letters of a word. The first word has to stand in a list, exactly. Whatever a program does, its time and its output have an end; where these end it, what it
//! has started ends with it.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use serde::{Deserialize, Serialize};

use super::run::Run;
use super::socket::Endpoint;
use crate::net::process::end_group;
use crate::text;
use crate::text::Message;
use crate::trace::{Errno, Tracer, notation};
use crate::wire::{Charset, preview};

/// How long a program may run.
pub const MOST_TIME: Duration = Duration::from_secs(5);
/// How much of its output is answered, in bytes.
pub const MOST_OUTPUT: usize = 64 << 10;
/// How often it is looked whether everything has to end.
const STEP: Duration = Duration::from_millis(20);
/// How much is read at a time.
const PIECE: usize = 8 << 10;
/// How much of a command line is told.
const SHOWN: usize = 100;

/// The programs that a list begins with, and what each may be told: words of its own, or words that begin so where they end in `*`. None for any.
const HARMLESS: &[(&str, Option<&[&str]>)] = if cfg!(windows) {
    // dir, echo and date are no programs there.
    &[("whoami", None), ("hostname", Some(&[])), ("ipconfig", Some(&["/all"]))]
} else {
    // An administrator's date and hostname would set the clock and the name.
    &[
        ("date", Some(&["+*", "-u", "-R", "-I", "-Iseconds"])),
        ("echo", None),
        ("whoami", None),
        ("hostname", Some(&[])),
        ("uname", None),
        ("ls", None),
        ("pwd", None),
    ]
};

/// What a peer may let run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remote {
    /// The programs, by the first word of a command line.
    pub allowed: Vec<String>,
    /// Whether it may be any program.
    pub any: bool,
}

impl Default for Remote {
    fn default() -> Self {
        Self { allowed: HARMLESS.iter().map(|(name, _)| (*name).to_owned()).collect(), any: false }
    }
}

impl Remote {
    /// The programs beyond those that are harmless: whoever starts this has to be asked. Empty where there are none.
    pub fn beyond(&self) -> Vec<String> {
        if self.any {
            return vec![String::from("*")];
        }
        self.allowed.iter().filter(|name| !HARMLESS.iter().any(|(known, _)| known == name)).cloned().collect()
    }

    /// The words of a command line that may be run.
    ///
    /// # Errors
    /// Why it is refused.
    fn words(&self, line: &str) -> Result<Vec<String>, Message> {
        let line = line.trim_end_matches(['\r', '\n']);
        if line.contains('\0') {
            return Err(text!("program-command-nul"));
        }
        if line.contains(['\r', '\n']) {
            return Err(text!("program-command-lines"));
        }
        let words = shlex::split(line).ok_or_else(|| text!("program-command-quotes"))?;
        let Some((program, arguments)) = words.split_first() else { return Err(text!("program-command-empty")) };
        if self.any {
            return Ok(words);
        }
        if !self.allowed.contains(program) {
            return Err(text!("program-command-refused", program = shown(program), allowed = self.allowed.join(", ")));
        }
        let rule = HARMLESS.iter().find(|(name, _)| name == program).and_then(|(_, rule)| *rule);
        let fits = |argument: &&String, rule: &[&str]| {
            rule.iter().any(|known| match known.strip_suffix('*') {
                Some(begin) => argument.starts_with(begin),
                None => argument == known,
            })
        };
        match arguments.iter().find(|argument| rule.is_some_and(|rule| !fits(argument, rule))) {
            Some(argument) => Err(text!("program-command-argument", program = program.as_str(), argument = shown(argument))),
            None => Ok(words),
        }
    }

    /// Runs the line that was received, and gives what is answered.
    pub(super) fn answer(&self, run: &Run, on: &Tracer, endpoint: &Endpoint, received: &[u8]) -> Vec<u8> {
        let charset = run.spec.manner.charset;
        let line = charset.decode(received);
        match self.words(&line).and_then(|words| run_words(&words, run, endpoint)) {
            Ok(ran) => {
                let begin = shown(&line);
                let took = notation::duration(ran.took);
                endpoint.tell(
                    on,
                    text!("program-told-command", line = begin, status = ran.status.as_str(), bytes = ran.output.len(), took = took),
                );
                if let Some(end) = &ran.end {
                    endpoint.tell(on, end.clone());
                }
                let mut answer = encoded(charset, &ran.output);
                if let Some(end) = ran.end {
                    answer.extend_from_slice(&encoded(charset, format!("\n[{end}]\n").as_bytes()));
                }
                if answer.is_empty() {
                    endpoint.tell(on, text!("program-told-command-silent"));
                }
                answer
            }
            Err(why) => {
                endpoint.tell(on, why.clone());
                // On the wire it is always English, as other answers are.
                encoded(charset, format!("{why}\n").as_bytes())
            }
        }
    }
}

/// What came of a program.
#[derive(Debug)]
struct Ran {
    /// Standard output, and behind it standard error.
    output: Vec<u8>,
    /// Its exit status, or how it ended.
    status: String,
    took: Duration,
    /// Why it did not come to its own end.
    end: Option<Message>,
}

/// Runs a program, as long as somebody wants its answer.
fn run_words(words: &[String], run: &Run, endpoint: &Endpoint) -> Result<Ran, Message> {
    let Some((program, arguments)) = words.split_first() else { return Err(text!("program-command-empty")) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let failed = |error: io::Error| {
        let errno = Errno::of(&error);
        text!("program-command-failed", program = shown(program), errno = errno.name())
    };
    let begin = Instant::now();
    let mut child = command.spawn().map_err(failed)?;
    let _running = Running::new(run, child.id());
    let (pieces, ends) = bounded(4);
    let begun = [(child.stdout.take().map(boxed), 0), (child.stderr.take().map(boxed), 1)].into_iter().try_for_each(|(stream, which)| {
        let Some(stream) = stream else { return Ok(()) };
        let pieces: Sender<(usize, Vec<u8>)> = pieces.clone();
        thread::Builder::new().name("output".to_owned()).spawn(move || read(stream, which, &pieces)).map(drop)
    });
    drop(pieces);
    if let Err(error) = begun {
        end(&mut child);
        return Err(failed(error));
    }
    let (output, reason) = collect(&ends, begin, || run.is_over(endpoint));
    // The threads that read let go when nobody takes their pieces.
    drop(ends);
    let (status, reason) = match reason {
        None => wait(&mut child, begin, run, endpoint),
        Some(reason) => (None, Some(reason)),
    };
    if status.is_none() {
        end(&mut child);
    }
    let status = status.map_or_else(|| "-".to_owned(), |status| status.code().map_or_else(|| status.to_string(), |code| code.to_string()));
    Ok(Ran { output, status, took: begin.elapsed(), end: reason })
}

/// A command that runs, in the state of its program: whoever outlives the process that has started it ends it.
struct Running<'run> {
    run: &'run Run,
    id: u32,
}

impl<'run> Running<'run> {
    fn new(run: &'run Run, id: u32) -> Self {
        run.change(|inner| inner.state.commands.push(id));
        Self { run, id }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.run.change(|inner| inner.state.commands.retain(|id| *id != self.id));
    }
}

fn boxed(stream: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    Box::new(stream)
}

/// What the program writes, until it has closed both streams; else why not.
fn collect(pieces: &Receiver<(usize, Vec<u8>)>, begin: Instant, is_over: impl Fn() -> bool) -> (Vec<u8>, Option<Message>) {
    let mut streams = [Vec::new(), Vec::new()];
    let reason = loop {
        match pieces.recv_timeout(STEP) {
            Ok((which, piece)) => {
                if let Some(stream) = streams.get_mut(which) {
                    stream.extend_from_slice(&piece);
                }
                if streams.iter().map(Vec::len).sum::<usize>() > MOST_OUTPUT {
                    break Some(text!("program-command-long", most = MOST_OUTPUT));
                }
            }
            Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if begin.elapsed() > MOST_TIME {
            break Some(text!("program-command-late", seconds = MOST_TIME.as_secs()));
        }
        if is_over() {
            break Some(text!("program-command-over"));
        }
    };
    let mut output = streams.concat();
    output.truncate(MOST_OUTPUT);
    (output, reason)
}

/// Waits for the end of a program that writes nothing any more.
fn wait(child: &mut Child, begin: Instant, run: &Run, endpoint: &Endpoint) -> (Option<std::process::ExitStatus>, Option<Message>) {
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return (Some(status), None);
        }
        if begin.elapsed() > MOST_TIME {
            return (None, Some(text!("program-command-late", seconds = MOST_TIME.as_secs())));
        }
        if run.is_over(endpoint) {
            return (None, Some(text!("program-command-over")));
        }
        run.pause(Duration::from_millis(1), endpoint);
    }
}

/// Ends a program and what it has started. It was not waited for yet, so its number is still its own.
fn end(child: &mut Child) {
    end_group(child.id());
    // It may have ended a moment ago.
    child.kill().ok();
    child.wait().ok();
}

fn read(mut stream: Box<dyn Read + Send>, which: usize, pieces: &Sender<(usize, Vec<u8>)>) {
    let mut buffer = vec![0; PIECE];
    loop {
        match stream.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return,
            Ok(length) => {
                if pieces.send((which, buffer.get(..length).unwrap_or_default().to_vec())).is_err() {
                    return;
                }
            }
        }
    }
}

/// Text of this system in the character set of the program; bytes that are no text stay what they are.
fn encoded(charset: Charset, output: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(output) else { return output.to_vec() };
    match charset.encode(text) {
        Ok(bytes) => bytes.into_owned(),
        Err(_lacks) => {
            let mut letter = [0; 4];
            let one = |c: char| charset.encode(c.encode_utf8(&mut letter)).map_or_else(|_| b"?".to_vec(), |bytes| bytes.into_owned());
            text.chars().flat_map(one).collect()
        }
    }
}

/// As the log shows it: nothing in it may act on whoever reads it.
fn shown(text: &str) -> String {
    preview(text.as_bytes(), Charset::Utf8, SHOWN).text
}
