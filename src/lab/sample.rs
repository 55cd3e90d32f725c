//! The sample labs of `resources/labs`, embedded: what a person can run at once.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::error::{Fault, LabErrors};

use super::file::Lab;
use super::read::Override;
use crate::text;
use crate::text::{Message, nearest};

/// A lab that comes with the program.
#[derive(Debug)]
pub struct Sample {
    /// What it is called on the command line; its file is `<name>.toml`.
    pub name: &'static str,
    /// What it belongs to.
    pub topic: Topic,
    /// What it is about, in one line.
    pub title: fn() -> Message,
    /// What to watch in it, in one sentence.
    pub watch: fn() -> Message,
    /// The lab file.
    pub text: &'static str,
}

/// What a sample belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Streams.
    Tcp,
    /// Datagrams.
    Udp,
    /// Other families of addresses than IPv4.
    Families,
    /// A person types at one end or at both.
    People,
    /// Files by TFTP.
    Tftp,
    /// Pages by HTTP.
    Http,
}

impl Topic {
    /// All of them, in the order in which a person is offered them.
    pub const ALL: &[Self] = &[Self::Tcp, Self::Udp, Self::Families, Self::People, Self::Tftp, Self::Http];

    /// What it is called.
    pub const fn title(self) -> Message {
        match self {
            Self::Tcp => text!("lab-topic-tcp"),
            Self::Udp => text!("lab-topic-udp"),
            Self::Families => text!("lab-topic-families"),
            Self::People => text!("lab-topic-people"),
            Self::Tftp => text!("lab-topic-tftp"),
            Self::Http => text!("lab-topic-http"),
        }
    }

    /// Its samples, each with its place in the table.
    pub fn samples(self) -> impl Iterator<Item = (usize, &'static Sample)> {
        SAMPLES.iter().enumerate().filter(move |(_, sample)| sample.topic == self)
    }
}

macro_rules! samples {
    ($($topic:ident $name:literal, $title:literal, $watch:literal;)*) => {
        &[$(Sample {
            name: $name,
            topic: Topic::$topic,
            title: || text!($title),
            watch: || text!($watch),
            text: include_str!(concat!("../../resources/labs/", $name, ".toml")),
        },)*]
    };
}

/// All of them, in the order in which a person is offered them: topic by topic.
pub static SAMPLES: &[Sample] = samples! {
    Tcp "first-echo", "lab-sample-first-echo", "lab-watch-first-echo";
    Tcp "echo-stamped", "lab-sample-echo-stamped", "lab-watch-echo-stamped";
    Tcp "tcp-or-udp", "lab-sample-tcp-or-udp", "lab-watch-tcp-or-udp";
    Tcp "time-reply", "lab-sample-time-reply", "lab-watch-time-reply";
    Tcp "accept-close", "lab-sample-accept-close", "lab-watch-accept-close";
    Tcp "reverse", "lab-sample-reverse", "lab-watch-reverse";
    Tcp "upper-once", "lab-sample-upper-once", "lab-watch-upper-once";
    Tcp "upper-loop", "lab-sample-upper-loop", "lab-watch-upper-loop";
    Tcp "upper", "lab-sample-upper", "lab-watch-upper";
    Tcp "one-shot", "lab-sample-one-shot", "lab-watch-one-shot";
    Tcp "nothing-sent", "lab-sample-nothing-sent", "lab-watch-nothing-sent";
    Tcp "remote-command", "lab-sample-remote-command", "lab-watch-remote-command";
    Tcp "sticky", "lab-sample-sticky", "lab-watch-sticky";
    Tcp "handling", "lab-sample-handling", "lab-watch-handling";
    Tcp "auto-reply", "lab-sample-auto-reply", "lab-watch-auto-reply";
    Tcp "link-tcp", "lab-sample-link-tcp", "lab-watch-link-tcp";
    Udp "udp-echo", "lab-sample-udp-echo", "lab-watch-udp-echo";
    Udp "udp-answer", "lab-sample-udp-answer", "lab-watch-udp-answer";
    Udp "tcp-against-udp", "lab-sample-tcp-against-udp", "lab-watch-tcp-against-udp";
    Udp "udp-hello", "lab-sample-udp-hello", "lab-watch-udp-hello";
    Udp "time", "lab-sample-time", "lab-watch-time";
    Udp "udp-send", "lab-sample-udp-send", "lab-watch-udp-send";
    Udp "udp-receive", "lab-sample-udp-receive", "lab-watch-udp-receive";
    Udp "link-udp", "lab-sample-link-udp", "lab-watch-link-udp";
    Families "unix", "lab-sample-unix", "lab-watch-unix";
    Families "ipv6", "lab-sample-ipv6", "lab-watch-ipv6";
    Families "localhost", "lab-sample-localhost", "lab-watch-localhost";
    People "calls", "lab-sample-calls", "lab-watch-calls";
    People "chat", "lab-sample-chat", "lab-watch-chat";
    People "bank-clerk", "lab-sample-bank-clerk", "lab-watch-bank-clerk";
    People "turns", "lab-sample-turns", "lab-watch-turns";
    People "contacts", "lab-sample-contacts", "lab-watch-contacts";
    Tftp "tftp-download", "lab-sample-tftp-download", "lab-watch-tftp-download";
    Tftp "tftp-upload", "lab-sample-tftp-upload", "lab-watch-tftp-upload";
    Tftp "tftp-tutorial", "lab-sample-tftp-tutorial", "lab-watch-tftp-tutorial";
    Tftp "link-tftp", "lab-sample-link-tftp", "lab-watch-link-tftp";
    Http "http-browser", "lab-sample-http-browser", "lab-watch-http-browser";
    Http "http-client", "lab-sample-http-client", "lab-watch-http-client";
    Http "http-close", "lab-sample-http-close", "lab-watch-http-close";
};

/// What a name stands for that a person gives in place of a lab.
#[derive(Clone, Debug)]
pub enum Named {
    /// The sample of that name.
    Sample(&'static Sample),
    /// What lies at that path.
    File(PathBuf),
}

impl Named {
    /// What `name` stands for: a file of that name goes before a sample. `words` is what else may be meant where it stands.
    ///
    /// # Errors
    /// That there is neither, with the nearest name there is.
    pub fn of(name: &OsStr, words: &[&'static str]) -> Result<Self, Message> {
        let path = Path::new(name);
        if let Some(sample) = name.to_str().and_then(sample).filter(|_| !path.is_file()) {
            return Ok(Self::Sample(sample));
        }
        if matches!(path.try_exists(), Ok(false)) {
            return Err(unknown(&name.to_string_lossy(), words));
        }
        Ok(Self::File(path.to_owned()))
    }
}

/// There is no such file, and no such sample.
fn unknown(name: &str, words: &[&'static str]) -> Message {
    let names = SAMPLES.iter().map(|sample| sample.name).collect::<Vec<_>>();
    let fault = Fault::new(text!("lab-name-unknown", name = name), text!("lab-expected-lab", samples = names.join(", ")));
    fault.near(nearest(name, names.into_iter().chain(words.iter().copied()))).message()
}

/// The sample of that name.
pub fn sample(name: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.name == name)
}

impl Sample {
    /// The lab it holds, with some values replaced.
    ///
    /// # Errors
    /// Those of the replacements; a test holds that a sample itself has none.
    pub fn lab(&self, overrides: &[Override]) -> Result<Lab, LabErrors> {
        Lab::parse_with(self.text, &format!("{}.toml", self.name), overrides)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_is_a_sample_and_every_sample_a_lab() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/resources/labs");
        let files = std::fs::read_dir(folder).expect("the folder");
        let files = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect::<BTreeSet<_>>();
        let names = SAMPLES.iter().map(|sample| format!("{}.toml", sample.name)).collect::<BTreeSet<_>>();
        assert_eq!(files, names);
        for sample in SAMPLES {
            let lab = sample.lab(&[]).unwrap_or_else(|errors| panic!("{errors}"));
            assert!(!lab.programs.is_empty(), "{}", sample.name);
            let around = SAMPLES.iter().map(|sample| sample.topic).collect::<Vec<_>>();
            assert!(around.chunk_by(|one, other| one == other).count() == Topic::ALL.len(), "samples of a topic stand together");
            assert_eq!(Lab::parse(&lab.to_toml(), &format!("{}.toml", sample.name)), Ok(lab), "{}", sample.name);
        }
    }
}
