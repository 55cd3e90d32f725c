//! Socket Lab: reads the arguments, then runs a lab or opens the window.

use std::io::Write as _;
use std::process::ExitCode;

use socket_lab::cli::{self, Start};
use socket_lab::text::Language;
use socket_lab::ui;

fn main() -> ExitCode {
    match cli::start(std::env::args_os()) {
        Start::Ended(status) => status,
        Start::Window { lab, language } => match ui::open(lab.as_ref(), language) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let message = error.message().in_language(language.unwrap_or_else(Language::of_environment));
                // Without a standard error nobody listens.
                writeln!(std::io::stderr().lock(), "{message}").ok();
                ExitCode::from(3)
            }
        },
    }
}
