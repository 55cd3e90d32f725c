//! The arguments: what may be typed, its help in the language of the person, and what is wrong with it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::ValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::lab::{Fault, nearest};
use crate::text;
use crate::text::{Language, Message};

/// How a trace is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// Aligned lines for a person.
    #[default]
    Text,
    /// One JSON object a line.
    Jsonl,
    /// A table with a head.
    Csv,
}

impl Format {
    /// All of them, by their names.
    pub(super) const ALL: [(&str, Self); 3] = [("text", Self::Text), ("jsonl", Self::Jsonl), ("csv", Self::Csv)];
}

/// What was asked for.
#[derive(Debug, PartialEq)]
pub(super) enum Asked {
    /// The window, with a lab or a recording in it.
    Window {
        /// The file.
        file: Option<PathBuf>,
    },
    /// To run a lab.
    Run(RunArguments),
    /// The list of the sample labs.
    List,
    /// Text to be shown: help or the version.
    Show(String),
}

/// How a lab is to be run.
#[derive(Debug, Default, PartialEq)]
pub(super) struct RunArguments {
    /// A lab file, or the name of a sample.
    pub(super) lab: OsString,
    /// Values that replace those of the file.
    pub(super) set: Vec<String>,
    /// When it ends at the latest.
    pub(super) limit: Option<Duration>,
    /// How the trace is printed.
    pub(super) format: Format,
    /// The file that the trace is recorded in.
    pub(super) record: Option<PathBuf>,
}

/// The longest `--for`: 100 years.
const LONGEST: f64 = 100.0 * 365.25 * 86_400.0;

/// The language that `--lang` asks for. Looked for before anything else is read, since errors are told in it too.
pub(super) fn language(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let tag = match argument.strip_prefix("--lang") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(language) = tag.and_then(language_of) {
            return Some(language);
        }
    }
    None
}

fn language_of(tag: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag))
}

/// What `arguments` ask for; the first of them is the name of the program.
///
/// # Errors
/// What is wrong with them, and what was expected.
pub(super) fn read(arguments: &[OsString], language: Language) -> Result<Asked, Message> {
    let matches = match command(language).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return Ok(Asked::Show(error.to_string()));
        }
        Err(error) => return Err(told(&error)),
    };
    check_language(&matches)?;
    match (matches.subcommand(), matches.get_one::<PathBuf>("file")) {
        (Some((command, _)), Some(_)) => Err(text!("cli-argument-unknown", argument = command)),
        (Some(("run", run)), None) => read_run(run),
        (_, file) => Ok(Asked::Window { file: file.cloned() }),
    }
}

fn read_run(matches: &ArgMatches) -> Result<Asked, Message> {
    check_language(matches)?;
    if matches.get_flag("list") {
        return Ok(Asked::List);
    }
    let format = match matches.get_one::<String>("format") {
        Some(name) => word("--format", name, &Format::ALL)?,
        None => Format::default(),
    };
    Ok(Asked::Run(RunArguments {
        lab: matches.get_one::<OsString>("lab").cloned().unwrap_or_default(),
        set: matches.get_many::<String>("set").unwrap_or_default().cloned().collect(),
        limit: matches.get_one::<String>("for").map(|seconds| read_seconds(seconds)).transpose()?,
        format,
        record: matches.get_one("record").cloned(),
    }))
}

fn check_language(matches: &ArgMatches) -> Result<(), Message> {
    match matches.get_one::<String>("lang").filter(|tag| language_of(tag).is_none()) {
        Some(tag) => Err(not_a_word("--lang", tag, Language::ALL.map(Language::tag).as_slice())),
        None => Ok(()),
    }
}

fn read_seconds(typed: &str) -> Result<Duration, Message> {
    let seconds = typed.parse::<f64>().ok().filter(|seconds| *seconds > 0.0 && *seconds <= LONGEST);
    let wrong = || Fault::new(text!("cli-value-wrong", argument = "--for", value = typed), text!("cli-expected-seconds")).message();
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).ok_or_else(wrong)
}

fn word<W: Copy>(argument: &str, typed: &str, words: &[(&str, W)]) -> Result<W, Message> {
    let found = words.iter().find(|(name, _)| *name == typed).map(|(_, word)| *word);
    found.ok_or_else(|| not_a_word(argument, typed, &words.iter().map(|(name, _)| *name).collect::<Vec<_>>()))
}

fn not_a_word(argument: &str, typed: &str, words: &[&str]) -> Message {
    let fault =
        Fault::new(text!("cli-value-wrong", argument = argument, value = typed), text!("lab-expected-word", words = words.join(", ")));
    fault.near(nearest(typed, words.iter().copied())).message()
}

/// What may be typed.
fn command(language: Language) -> Command {
    let words = |message: Message| message.in_language(language);
    let usage = |lines: &[&str]| lines.join("\n       ");
    let (options, arguments, commands) = (words(text!("cli-options")), words(text!("cli-arguments")), words(text!("cli-commands")));
    let file = |name: &'static str| Arg::new(name).value_parser(ValueParser::path_buf()).help_heading(arguments.clone());
    let option = |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value).help_heading(options.clone());
    let help =
        || Arg::new("help").short('h').long("help").action(ArgAction::Help).help(words(text!("cli-help"))).help_heading(options.clone());
    let template = format!("{{about}}\n\n{}\n       {{usage}}\n\n{{all-args}}{{after-help}}", words(text!("cli-usage")));
    let base = |name: &'static str| {
        Command::new(name)
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .disable_version_flag(true)
            .help_template(template.clone())
            .arg(help())
    };
    let run = base("run")
        .about(words(text!("cli-run-about")))
        .override_usage(usage(&[
            "socket-lab run LAB.toml|SAMPLE [--set program.key=value]... [--for SECONDS]",
            "               [--format text|jsonl|csv] [--record FILE]",
            "socket-lab run --list",
        ]))
        .after_help(words(text!("cli-run-status")))
        .arg(
            Arg::new("lab")
                .value_name("LAB")
                .value_parser(ValueParser::os_string())
                .required_unless_present("list")
                .help(words(text!("cli-run-lab")))
                .help_heading(arguments.clone()),
        )
        .arg(option("set", "program.key=value").action(ArgAction::Append).help(words(text!("cli-run-set"))))
        .arg(option("for", "SECONDS").allow_negative_numbers(true).help(words(text!("cli-run-for"))))
        .arg(option("format", "FORMAT").help(words(text!("cli-run-format"))))
        .arg(option("record", "FILE").value_parser(ValueParser::path_buf()).help(words(text!("cli-run-record"))))
        .arg(Arg::new("list").long("list").action(ArgAction::SetTrue).help(words(text!("cli-run-list"))).help_heading(options.clone()))
        .arg(option("lang", "LANGUAGE").help(words(text!("cli-lang"))));
    base("socket-lab")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words(text!("cli-about")))
        .override_usage(usage(&["socket-lab [LAB.toml|RECORDING]", "socket-lab run LAB.toml|SAMPLE [...]"]))
        .subcommand_help_heading(commands)
        .subcommand(run)
        .arg(file("file").value_name("FILE").help(words(text!("cli-file"))))
        .arg(option("lang", "LANGUAGE").help(words(text!("cli-lang"))))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(words(text!("cli-version")))
                .help_heading(options.clone()),
        )
}

/// What clap found wrong, in our words.
fn told(error: &clap::Error) -> Message {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].map(context).concat();
    let suggested = error.get(ContextKind::SuggestedArg).or(error.get(ContextKind::SuggestedSubcommand)).map(|_| {
        let argument = context(ContextKind::SuggestedArg);
        if argument.is_empty() { context(ContextKind::SuggestedSubcommand) } else { argument }
    });
    match (error.kind(), suggested) {
        (ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand, Some(suggested)) => {
            text!("cli-argument-unknown-nearest", argument = argument, nearest = suggested)
        }
        (ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand, None) => text!("cli-argument-unknown", argument = argument),
        (ErrorKind::MissingRequiredArgument, _) => text!("cli-argument-missing", argument = argument),
        (ErrorKind::InvalidValue, _) => text!("cli-value-missing", argument = argument),
        (ErrorKind::ArgumentConflict, _) => text!("cli-argument-twice", argument = argument),
        (ErrorKind::InvalidUtf8, _) => text!("cli-argument-utf8"),
        // Nothing else can come of the arguments above; if it does, clap's own words are better than none.
        _ => text!("cli-argument-other", detail = error.to_string().trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_line(line: &str) -> Result<Asked, Message> {
        let arguments = std::iter::once("socket-lab").chain(line.split_whitespace()).map(OsString::from).collect::<Vec<_>>();
        read(&arguments, language(&arguments).unwrap_or_default())
    }

    fn run(arguments: RunArguments) -> Result<Asked, Message> {
        Ok(Asked::Run(arguments))
    }

    #[test]
    fn arguments_are_read_as_they_are_meant() {
        assert_eq!(read_line(""), Ok(Asked::Window { file: None }));
        assert_eq!(read_line("x.toml --lang zh-CN"), Ok(Asked::Window { file: Some("x.toml".into()) }));
        assert_eq!(read_line("run --list"), Ok(Asked::List));
        assert_eq!(read_line("run chat"), run(RunArguments { lab: "chat".into(), ..Default::default() }));
        assert_eq!(
            read_line("run x.toml --set a.bind=[::1]:0 --set a.backlog=1 --for 2.5 --format jsonl --record x.slr --lang en"),
            run(RunArguments {
                lab: "x.toml".into(),
                set: vec!["a.bind=[::1]:0".to_owned(), "a.backlog=1".to_owned()],
                limit: Some(Duration::from_millis(2_500)),
                format: Format::Jsonl,
                record: Some("x.slr".into()),
            })
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, key, names) in [
            ("run", "cli-argument-missing", "<LAB>"),
            ("run x --fro 5", "cli-argument-unknown-nearest", "--for"),
            ("run x --quux", "cli-argument-unknown", "--quux"),
            ("run x y", "cli-argument-unknown", "y"),
            ("run x --for", "cli-value-missing", "--for"),
            ("run x --for 0", "lab-fault", "--for"),
            ("run x --for -1", "lab-fault", "-1"),
            ("run x --for inf", "lab-fault", "inf"),
            ("run x --for soon", "lab-fault", "soon"),
            ("run x --for 1 --for 2", "cli-argument-twice", "--for"),
            ("run x --format json", "lab-fault-nearest", "jsonl"),
            ("run x --lang fr", "lab-fault", "zh-CN"),
            ("--lang", "cli-value-missing", "--lang"),
            ("a b", "cli-argument-unknown", "b"),
            ("a run chat", "cli-argument-unknown", "run"),
        ] {
            let message = read_line(line).expect_err(line);
            assert_eq!(message.key(), key, "{line}: {message}");
            for language in Language::ALL {
                assert!(message.in_language(language).contains(names), "{line}: {}", message.in_language(language));
            }
        }
    }

    #[test]
    fn help_speaks_the_language_that_was_asked_for() {
        for line in ["--help", "run --help"] {
            let Ok(Asked::Show(english)) = read_line(&format!("{line} --lang en")) else { panic!("{line}") };
            let Ok(Asked::Show(chinese)) = read_line(&format!("{line} --lang=zh-CN")) else { panic!("{line}") };
            assert!(english.is_ascii() && english.contains("--lang"), "{english}");
            assert!(chinese.contains("用法") && !chinese.contains("Options") && !chinese.contains("Usage"), "{chinese}");
            assert!(!english.contains('⟨') && !chinese.contains('⟨'), "{chinese}");
        }
        assert!(matches!(read_line("-V"), Ok(Asked::Show(version)) if version.contains(env!("CARGO_PKG_VERSION"))));
    }
}
