//! The arguments: what may be typed, its help in the language of the person, and what is wrong with it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::ValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::export::{TARGETS, Target};
use crate::lab::Fault;
use crate::text;
use crate::text::nearest;
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
        /// A lab file, the name of a sample, or a recording.
        lab: Option<OsString>,
    },
    /// To run a lab.
    Run(RunArguments),
    /// The list of the sample labs.
    List,
    /// To hand out scripts.
    Script(ScriptArguments),
    /// To convert a recording.
    Export(ExportArguments),
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
    /// How often the kernel is asked what it knows.
    pub(super) sample: Option<Duration>,
    /// The file that the trace is recorded in.
    pub(super) record: Option<PathBuf>,
    /// Whether a recording that stands there already may be replaced.
    pub(super) overwrite: bool,
    /// Whether commands may be run for others that are not known to be harmless.
    pub(super) allow_command: bool,
    /// Whether each call waits for a line of the input.
    pub(super) step: bool,
}

/// Which scripts are wanted, and where.
#[derive(Debug, Default, PartialEq)]
pub(super) struct ScriptArguments {
    /// A lab file, or the name of a sample.
    pub(super) lab: OsString,
    /// The program whose other side is wanted; none for all.
    pub(super) program: Option<String>,
    /// Values that replace those of the file.
    pub(super) set: Vec<String>,
    /// The file or the folder that is written to; none for standard output.
    pub(super) output: Option<PathBuf>,
    /// Whether files that stand there already may be replaced.
    pub(super) overwrite: bool,
}

/// How a recording is to be converted.
#[derive(Debug)]
pub(super) struct ExportArguments {
    /// The recording.
    pub(super) recording: PathBuf,
    /// The format.
    pub(super) to: &'static Target,
    /// The program whose rows are wanted; none for all.
    pub(super) program: Option<String>,
    /// The file that is written.
    pub(super) file: PathBuf,
}

impl PartialEq for ExportArguments {
    fn eq(&self, other: &Self) -> bool {
        let key = |this: &Self| (this.recording.clone(), this.to.name, this.program.clone(), this.file.clone());
        key(self) == key(other)
    }
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
    match (matches.subcommand(), matches.get_one::<OsString>("lab")) {
        (Some((command, _)), Some(_)) => Err(text!("cli-argument-unknown", argument = command)),
        (Some(("run", run)), None) => read_run(run),
        (Some(("script", script)), None) => read_script(script),
        (Some(("export", export)), None) => read_export(export),
        (_, lab) => Ok(Asked::Window { lab: lab.cloned() }),
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
    let seconds = |name: &str| matches.get_one::<String>(name).map(|typed| read_seconds(&format!("--{name}"), typed)).transpose();
    Ok(Asked::Run(RunArguments {
        lab: matches.get_one::<OsString>("lab").cloned().unwrap_or_default(),
        set: matches.get_many::<String>("set").unwrap_or_default().cloned().collect(),
        limit: seconds("for")?,
        sample: seconds("sample")?,
        format,
        record: matches.get_one("record").cloned(),
        overwrite: matches.get_flag("overwrite"),
        allow_command: matches.get_flag("allow-command"),
        step: matches.get_flag("step"),
    }))
}

fn read_script(matches: &ArgMatches) -> Result<Asked, Message> {
    check_language(matches)?;
    Ok(Asked::Script(ScriptArguments {
        lab: matches.get_one::<OsString>("lab").cloned().unwrap_or_default(),
        program: matches.get_one("program").cloned(),
        set: matches.get_many::<String>("set").unwrap_or_default().cloned().collect(),
        output: matches.get_one("output").cloned(),
        overwrite: matches.get_flag("overwrite"),
    }))
}

fn read_export(matches: &ArgMatches) -> Result<Asked, Message> {
    check_language(matches)?;
    let file = |name| matches.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    let targets = TARGETS.iter().map(|target| (target.name, target)).collect::<Vec<_>>();
    let to = matches.get_one::<String>("to").map(String::as_str).unwrap_or_default();
    let program = matches.get_one("program").cloned();
    Ok(Asked::Export(ExportArguments { recording: file("recording"), to: word("--to", to, &targets)?, program, file: file("file") }))
}

fn check_language(matches: &ArgMatches) -> Result<(), Message> {
    match matches.get_one::<String>("lang").filter(|tag| language_of(tag).is_none()) {
        Some(tag) => Err(not_a_word("--lang", tag, Language::ALL.map(Language::tag).as_slice())),
        None => Ok(()),
    }
}

fn read_seconds(argument: &str, typed: &str) -> Result<Duration, Message> {
    let seconds = typed.parse::<f64>().ok().filter(|seconds| *seconds > 0.0 && *seconds <= LONGEST);
    let wrong = || {
        Fault::new(text!("cli-value-wrong", argument = argument, value = typed), text!("cli-expected-seconds", most = LONGEST.to_string()))
            .message()
    };
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
    let forms = Forms::new(language);
    let [arguments, options] = [forms.arguments.clone(), forms.options.clone()];
    let file = Arg::new("lab").value_name("LAB").value_parser(ValueParser::os_string());
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    forms
        .command(
            "socket-lab",
            &text!("cli-about"),
            &[
                "[LAB.toml|SAMPLE|RECORDING]",
                "run LAB.toml|SAMPLE [...]",
                "script LAB.toml|SAMPLE [PROGRAM] [...]",
                "export RECORDING --to FORMAT FILE",
            ],
        )
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_help_heading(forms.words(&text!("cli-commands")))
        .subcommand(run_command(&forms))
        .subcommand(script_command(&forms))
        .subcommand(export_command(&forms))
        .arg(file.help(forms.words(&text!("cli-file"))).help_heading(arguments))
        .arg(version.help(forms.words(&text!("cli-version"))).help_heading(options))
}

fn run_command(forms: &Forms) -> Command {
    let usage = [
        "run LAB.toml|SAMPLE [--set program.key=value]... [--for SECONDS] [--format FORMAT] [--record FILE [--overwrite]] [--sample SECONDS] [--step] [--allow-command]",
        "run --list",
    ];
    forms
        .command("run", &text!("cli-run-about"), &usage)
        .after_help(forms.words(&text!("cli-run-status")))
        .arg(forms.lab().required_unless_present("list"))
        .arg(forms.set())
        .arg(forms.option("for", "SECONDS", &text!("cli-run-for")).allow_negative_numbers(true))
        .arg(forms.option("format", "FORMAT", &text!("cli-run-format")))
        .arg(forms.option("record", "FILE", &text!("cli-run-record")).value_parser(ValueParser::path_buf()))
        .arg(forms.flag("overwrite", &text!("cli-run-overwrite")))
        .arg(forms.option("sample", "SECONDS", &text!("cli-run-sample")).allow_negative_numbers(true))
        .arg(forms.flag("step", &text!("cli-run-step")))
        .arg(forms.flag("allow-command", &text!("cli-run-allow-command")))
        .arg(forms.flag("list", &text!("cli-run-list")))
}

fn script_command(forms: &Forms) -> Command {
    let usage = ["script LAB.toml|SAMPLE [PROGRAM] [--set program.key=value]... [--output FILE|FOLDER [--overwrite]]"];
    let program = Arg::new("program").value_name("PROGRAM").help(forms.words(&text!("cli-script-program")));
    let output = forms.option("output", "FILE|FOLDER", &text!("cli-script-output")).short('o');
    forms
        .command("script", &text!("cli-script-about"), &usage)
        .after_help(forms.words(&text!("cli-script-status")))
        .arg(forms.lab().required(true))
        .arg(program.help_heading(forms.arguments.clone()))
        .arg(forms.set())
        .arg(output.value_parser(ValueParser::path_buf()))
        .arg(forms.flag("overwrite", &text!("cli-script-overwrite")))
}

fn export_command(forms: &Forms) -> Command {
    let file = |name: &'static str, shown: &'static str, help: &Message| {
        let argument = Arg::new(name).value_name(shown).value_parser(ValueParser::path_buf()).required(true);
        argument.help(forms.words(help)).help_heading(forms.arguments.clone())
    };
    forms
        .command("export", &text!("cli-export-about"), &["export RECORDING --to FORMAT [--program NAME] FILE"])
        .after_help(forms.words(&text!("cli-export-status")))
        .arg(file("recording", "RECORDING", &text!("cli-export-recording")))
        .arg(file("file", "FILE", &text!("cli-export-file")))
        .arg(forms.option("to", "FORMAT", &text!("cli-export-to")).required(true))
        .arg(forms.option("program", "NAME", &text!("cli-export-program-help")))
}

/// What all commands share: headings and help in one language.
struct Forms {
    language: Language,
    options: String,
    arguments: String,
}

impl Forms {
    fn new(language: Language) -> Self {
        Self { language, options: text!("cli-options").in_language(language), arguments: text!("cli-arguments").in_language(language) }
    }

    fn words(&self, message: &Message) -> String {
        message.in_language(self.language)
    }

    fn command(&self, name: &'static str, about: &Message, usage: &[&str]) -> Command {
        let usage = usage.iter().map(|line| format!("socket-lab {line}")).collect::<Vec<_>>().join("\n  ");
        let heading = self.words(&text!("cli-usage"));
        let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(self.words(&text!("cli-help")));
        Command::new(name)
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .disable_version_flag(true)
            .help_template(format!("{{about}}\n\n{heading}:\n  {{usage}}\n\n{{all-args}}{{after-help}}"))
            .about(self.words(about))
            .override_usage(usage)
            .arg(help.help_heading(self.options.clone()))
            .arg(self.option("lang", "LANGUAGE", &text!("cli-lang")))
    }

    /// A lab file or a sample, by its place.
    fn lab(&self) -> Arg {
        let lab = Arg::new("lab").value_name("LAB").value_parser(ValueParser::os_string());
        lab.help(self.words(&text!("cli-run-lab"))).help_heading(self.arguments.clone())
    }

    /// What replaces values of the lab.
    fn set(&self) -> Arg {
        self.option("set", "program.key=value", &text!("cli-run-set")).action(ArgAction::Append)
    }

    fn flag(&self, name: &'static str, help: &Message) -> Arg {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(self.words(help)).help_heading(self.options.clone())
    }

    fn option(&self, name: &'static str, value: &'static str, help: &Message) -> Arg {
        Arg::new(name).long(name).value_name(value).help(self.words(help)).help_heading(self.options.clone())
    }
}

/// What clap found wrong, in our words.
fn told(error: &clap::Error) -> Message {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].map(context).concat();
    let suggested = error.get(ContextKind::SuggestedArg).or_else(|| error.get(ContextKind::SuggestedSubcommand)).map(|_| {
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

    #[test]
    fn arguments_are_read_as_they_are_meant() {
        assert_eq!(read_line(""), Ok(Asked::Window { lab: None }));
        assert_eq!(read_line("x.toml --lang zh-CN"), Ok(Asked::Window { lab: Some("x.toml".into()) }));
        assert_eq!(read_line("run --list"), Ok(Asked::List));
        for target in TARGETS {
            let asked = read_line(&format!("export x.slr --to {} --program a y", target.name));
            let expected = ExportArguments { recording: "x.slr".into(), to: target, program: Some("a".to_owned()), file: "y".into() };
            assert_eq!(asked, Ok(Asked::Export(expected)));
        }
        assert_eq!(read_line("script chat"), Ok(Asked::Script(ScriptArguments { lab: "chat".into(), ..Default::default() })));
        let asked = ScriptArguments {
            lab: "x.toml".into(),
            program: Some("a".to_owned()),
            set: vec!["a.bind=[::1]:0".to_owned()],
            output: Some("y".into()),
            overwrite: true,
        };
        assert_eq!(read_line("script x.toml a --set a.bind=[::1]:0 -o y --overwrite"), Ok(Asked::Script(asked)));
        assert_eq!(read_line("run chat"), Ok(Asked::Run(RunArguments { lab: "chat".into(), ..Default::default() })));
        assert_eq!(
            read_line(
                "run x.toml --set a.bind=[::1]:0 --set a.backlog=1 --for 2.5 --format jsonl --record x.slr --overwrite --sample 0.5 --step --allow-command --lang en"
            ),
            Ok(Asked::Run(RunArguments {
                lab: "x.toml".into(),
                set: vec!["a.bind=[::1]:0".to_owned(), "a.backlog=1".to_owned()],
                limit: Some(Duration::from_millis(2_500)),
                sample: Some(Duration::from_millis(500)),
                format: Format::Jsonl,
                record: Some("x.slr".into()),
                overwrite: true,
                allow_command: true,
                step: true,
            }))
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
            ("export x y", "cli-argument-missing", "--to"),
            ("export x --to csvv y", "lab-fault-nearest", "csv"),
            ("export x --to csv", "cli-argument-missing", "<FILE>"),
            ("script", "cli-argument-missing", "<LAB>"),
            ("script x y z", "cli-argument-unknown", "z"),
            ("script x --output", "cli-value-missing", "--output"),
            ("script x --oupput y", "cli-argument-unknown-nearest", "--output"),
            ("script x --lang fr", "lab-fault", "zh-CN"),
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
        for line in ["--help", "run --help", "script --help", "export --help"] {
            let Ok(Asked::Show(english)) = read_line(&format!("{line} --lang en")) else { panic!("{line}") };
            let Ok(Asked::Show(chinese)) = read_line(&format!("{line} --lang=zh-CN")) else { panic!("{line}") };
            assert!(english.is_ascii() && english.contains("--lang"), "{english}");
            assert!(chinese.contains("用法") && !chinese.contains("Options") && !chinese.contains("Usage"), "{chinese}");
            assert!(!english.contains('⟨') && !chinese.contains('⟨'), "{chinese}");
        }
        assert!(matches!(read_line("-V"), Ok(Asked::Show(version)) if version.contains(env!("CARGO_PKG_VERSION"))));
    }
}
