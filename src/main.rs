//! Socket Lab: reads the arguments, then runs a lab or opens the window.

use std::io::Write as _;
use std::process::ExitCode;

use socket_lab::cli::{self, Start};
use socket_lab::text;
use socket_lab::text::Language;

fn main() -> ExitCode {
    match cli::start(std::env::args_os()) {
        Start::Ended(status) => status,
        Start::Window { language, .. } => {
            let message = text!("cli-no-window").in_language(language.unwrap_or_else(Language::of_environment));
            writeln!(std::io::stderr().lock(), "{message}").ok();
            ExitCode::from(3)
        }
    }
}
