//! The lab without a window: `socket-lab run`, `socket-lab script` and `socket-lab export`.
//!
//! What is asked for (the trace, a script) alone goes to standard output, everything else to standard error, in the language of the person.
//! Status 0: nothing failed. 1: a program failed. 2: the lab file or the arguments are wrong. (3, no window can be opened, is the window's.)

mod arguments;
mod export;
mod lab;
mod printer;
mod run;
mod script;
mod step;
mod why;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use arguments::Asked;

use crate::lab::{Named, SAMPLES, Sample};
use crate::program;
use crate::text;
use crate::text::{Language, Message};

/// Nothing failed.
const OK: ExitCode = ExitCode::SUCCESS;
/// A program failed.
const FAILED: ExitCode = ExitCode::FAILURE;
/// The lab file or the arguments are wrong.
const WRONG: u8 = 2;

/// What the arguments came to.
#[derive(Debug)]
pub enum Start {
    /// It is done; the status of the process.
    Ended(ExitCode),
    /// The window is to be opened.
    Window {
        /// With this sample, lab file or recording.
        lab: Option<Named>,
        /// In this language, where one was asked for.
        language: Option<Language>,
    },
}

/// Does what the arguments ask for; the first of them is the name of the program.
pub fn start(arguments: impl IntoIterator<Item = OsString>) -> Start {
    let arguments = arguments.into_iter().collect::<Vec<_>>();
    let asked_for = arguments::language(&arguments);
    let voice = Voice { language: asked_for.unwrap_or_else(Language::of_environment) };
    if arguments.get(1).is_some_and(|argument| argument == program::ARGUMENT) {
        // Not among the commands: no person asks for it.
        return Start::Ended(program::serve_handed_over().map_or_else(
            |why| {
                voice.tell(&why);
                ExitCode::from(WRONG)
            },
            |()| OK,
        ));
    }
    match arguments::read(&arguments, voice.language) {
        Ok(Asked::Window { lab: None }) => Start::Window { lab: None, language: asked_for },
        Ok(Asked::Window { lab: Some(name) }) => match Named::of(&name, &["run", "script", "export"]) {
            Ok(lab) => Start::Window { lab: Some(lab), language: asked_for },
            Err(unknown) => {
                voice.tell(&unknown);
                Start::Ended(wrong(voice))
            }
        },
        Ok(Asked::Run(arguments)) => Start::Ended(run::run(&arguments, voice)),
        Ok(Asked::Script(arguments)) => Start::Ended(script::script(&arguments, voice)),
        Ok(Asked::Export(arguments)) => Start::Ended(export::export(&arguments, voice)),
        Ok(Asked::List) => Start::Ended(show(&list(voice.language))),
        Ok(Asked::Show(text)) => Start::Ended(show(&text)),
        Err(message) => {
            voice.tell(&message);
            Start::Ended(wrong(voice))
        }
    }
}

/// The status of arguments that are wrong, after a word on where they are explained.
fn wrong(voice: Voice) -> ExitCode {
    voice.tell(&text!("cli-hint"));
    ExitCode::from(WRONG)
}

/// Prints what was asked for. Who stops reading has seen enough.
fn show(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => FAILED,
        _ => OK,
    }
}

/// The samples, one a line.
fn list(language: Language) -> String {
    let width = SAMPLES.iter().map(|sample| sample.name.len()).max().unwrap_or_default();
    let line = |sample: &Sample| format!("{:width$}  {}", sample.name, (sample.title)().in_language(language));
    SAMPLES.iter().map(line).chain([String::new()]).collect::<Vec<_>>().join("\n")
}

/// Tells a person something, on standard error and in one language.
#[derive(Clone, Copy, Debug)]
struct Voice {
    language: Language,
}

impl Voice {
    fn tell(self, message: &Message) {
        // Without a standard error nobody listens.
        writeln!(io::stderr().lock(), "{}", message.in_language(self.language)).ok();
    }

    fn tell_all(self, messages: &[Message]) {
        for message in messages {
            self.tell(message);
        }
    }
}
