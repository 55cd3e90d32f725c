//! The columns of the table: their names, what stands in them, their order, and which of them there is room for.

use std::cmp::Ordering;

use crate::net::machine::{Holder, Known, State, Timer};
use crate::text;
use crate::text::{Language, Message};
use crate::trace::{Address, notation};
use crate::wire::port::service_of;

/// A column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    Protocol,
    #[default]
    Local,
    Remote,
    State,
    Waiting,
    Unsent,
    Timer,
    Owner,
}

impl Column {
    /// All of them, from left to right.
    pub(super) const ALL: [Self; 8] =
        [Self::Protocol, Self::Local, Self::Remote, Self::State, Self::Waiting, Self::Unsent, Self::Timer, Self::Owner];

    /// What stands at its head.
    pub(super) const fn name(self) -> Message {
        match self {
            Self::Protocol => text!("ui-ports-protocol"),
            Self::Local => text!("ui-ports-local"),
            Self::Remote => text!("ui-ports-remote"),
            Self::State => text!("ui-ports-state"),
            Self::Waiting => text!("ui-ports-waiting"),
            Self::Unsent => text!("ui-ports-unsent"),
            Self::Timer => text!("ui-ports-timer"),
            Self::Owner => text!("ui-ports-owner"),
        }
    }

    /// What it says, for the tooltip of its head.
    pub(super) const fn tip(self) -> Message {
        match self {
            Self::Protocol => text!("ui-ports-protocol-tip"),
            Self::Local => text!("ui-ports-local-tip"),
            Self::Remote => text!("ui-ports-remote-tip"),
            Self::State => text!("ui-ports-state-tip"),
            Self::Waiting => text!("ui-ports-waiting-tip"),
            Self::Unsent => text!("ui-ports-unsent-tip"),
            Self::Timer => text!("ui-ports-timer-tip"),
            Self::Owner => text!("ui-ports-owner-tip"),
        }
    }

    /// Whether it holds numbers, which end at the right.
    pub(super) const fn is_number(self) -> bool {
        matches!(self, Self::Waiting | Self::Unsent)
    }

    /// Whether its cells are written as in a terminal.
    pub(super) const fn is_mono(self) -> bool {
        matches!(self, Self::Protocol | Self::Local | Self::Remote | Self::Waiting | Self::Unsent)
    }

    /// The columns there is room for in `width` points, each with where it begins and ends.
    pub(super) fn placed(width: f32) -> Vec<(Self, f32, f32)> {
        // What is left out stands in the tooltip of the row.
        let shown: &[(Self, f32)] = if width >= 880.0 {
            &[
                (Self::Protocol, 0.055),
                (Self::Local, 0.19),
                (Self::Remote, 0.19),
                (Self::State, 0.115),
                (Self::Waiting, 0.095),
                (Self::Unsent, 0.085),
                (Self::Timer, 0.11),
                (Self::Owner, 0.16),
            ]
        } else if width >= 680.0 {
            &[
                (Self::Protocol, 0.07),
                (Self::Local, 0.235),
                (Self::Remote, 0.215),
                (Self::State, 0.15),
                (Self::Waiting, 0.12),
                (Self::Owner, 0.21),
            ]
        } else {
            &[(Self::Protocol, 0.09), (Self::Local, 0.32), (Self::State, 0.24), (Self::Owner, 0.35)]
        };
        let mut left = 0.0;
        let place = |(column, share): &(Self, f32)| {
            let begin = left;
            left += share * width;
            (*column, begin, left)
        };
        shown.iter().map(place).collect()
    }

    /// What stands in it, in words.
    pub(super) fn cell(self, known: &Known, language: Language) -> String {
        let line = &known.line;
        let count = |value: Option<u64>| match value {
            None => "–".to_owned(),
            Some(clients) if line.state.counts_clients() => text!("ui-ports-clients", count = clients).in_language(language),
            Some(bytes) => format!("{bytes} B"),
        };
        match self {
            Self::Protocol => line.protocol.name().to_owned(),
            Self::Local => address(&line.local),
            Self::Remote => line.remote.as_ref().map_or_else(|| "*".to_owned(), address),
            Self::State => state(line.state, language),
            Self::Waiting => count(line.waiting),
            Self::Unsent if line.state.counts_clients() => "–".to_owned(),
            Self::Unsent => count(line.unsent),
            Self::Timer => line.timer.map_or_else(String::new, |timer| timer_words(timer, language)),
            Self::Owner => owner(known, language),
        }
    }

    /// Which of two comes first.
    pub(super) fn order(self, one: &Known, other: &Known) -> Ordering {
        let (a, b) = (&one.line, &other.line);
        match self {
            Self::Protocol => a.protocol.cmp(&b.protocol),
            Self::Local => address_order(Some(&a.local), Some(&b.local)),
            Self::Remote => address_order(a.remote.as_ref(), b.remote.as_ref()),
            Self::State => a.state.rank().cmp(&b.state.rank()),
            Self::Waiting => a.waiting.cmp(&b.waiting),
            Self::Unsent => a.unsent.cmp(&b.unsent),
            Self::Timer => a.timer.cmp(&b.timer),
            Self::Owner => owner_order(one).cmp(&owner_order(other)),
        }
    }
}

/// A state, in words.
pub(super) fn state(state: State, language: Language) -> String {
    state.name().map_or_else(|words| words.in_language(language), str::to_owned)
}

fn timer_words((timer, left): (Timer, std::time::Duration), language: Language) -> String {
    timer.message(&notation::duration(left)).in_language(language)
}

/// As a terminal writes it, without the word before a path.
fn address(address: &Address) -> String {
    let text = address.to_string();
    text.strip_prefix("unix:").map_or_else(|| text.clone(), |name| if name.is_empty() { "–".to_owned() } else { name.to_owned() })
}

/// Ports first, as people look for them; then addresses; names of Unix last.
fn address_order(one: Option<&Address>, other: Option<&Address>) -> Ordering {
    let key = |address: Option<&Address>| {
        let ip = address.and_then(Address::ip);
        (ip.is_none(), ip.map(|ip| (ip.port(), ip.ip())), address.filter(|_| ip.is_none()).map(ToString::to_string))
    };
    key(one).cmp(&key(other))
}

fn owner_order(known: &Known) -> (bool, u8, &str, u32) {
    let (rank, name, process) = match &known.holder {
        Holder::Process(owner) => (0, owner.name.as_str(), owner.process),
        Holder::Hidden => (1, known.user.as_deref().unwrap_or_default(), 0),
        Holder::Kernel => (2, "", 0),
    };
    (known.program.is_none(), rank, known.program.as_deref().unwrap_or(name), process)
}

/// Whose it is: the program of the lab, else the process, else the user.
fn owner(known: &Known, language: Language) -> String {
    match (&known.program, &known.holder, &known.user) {
        (Some(program), Holder::Kernel, _) => text!("ui-ports-kernel-for", program = program.as_str()).in_language(language),
        (Some(program), Holder::Process(owner), _) => format!("{program}, {} {}", owner.name, owner.process),
        (Some(program), Holder::Hidden, _) => program.clone(),
        (None, Holder::Kernel, _) => text!("ui-ports-kernel").in_language(language),
        (None, Holder::Process(owner), Some(user)) => format!("{} {}, {user}", owner.name, owner.process),
        (None, Holder::Process(owner), None) => format!("{} {}", owner.name, owner.process),
        (None, Holder::Hidden, Some(user)) => text!("ui-ports-of-user", user = user.as_str()).in_language(language),
        (None, Holder::Hidden, None) => text!("ui-ports-of-other").in_language(language),
    }
}

/// The words by which a socket is found, whatever the language.
pub(super) fn search_words(known: &Known) -> String {
    let line = &known.line;
    let process = match &known.holder {
        Holder::Process(owner) => format!("{} {}", owner.name, owner.process),
        _ => String::new(),
    };
    let service = |address: &Address| address.port().and_then(service_of).map(|service| service.name);
    let words = [
        line.protocol.name().to_owned(),
        line.local.to_string(),
        line.remote.as_ref().map(ToString::to_string).unwrap_or_default(),
        line.state.name().map(str::to_owned).unwrap_or_default(),
        line.state.name_in_ss().to_owned(),
        service(&line.local).unwrap_or_default().to_owned(),
        process,
        known.user.clone().unwrap_or_default(),
        known.program.clone().unwrap_or_default(),
    ];
    words.join(" ").to_lowercase()
}

/// All that is known of it, a line each: for the tooltip and for screen readers.
pub(super) fn told(known: &Known, language: Language) -> String {
    let line = &known.line;
    let mut lines = Vec::new();
    for column in Column::ALL {
        let cell = column.cell(known, language);
        if cell.is_empty() {
            continue;
        }
        let spelled = if column == Column::State { format!("{cell} ({})", line.state.name_in_ss()) } else { cell };
        let port = match column {
            Column::Local => line.local.port(),
            Column::Remote => line.remote.as_ref().and_then(Address::port),
            _ => None,
        };
        let service = port.and_then(service_of).map(|service| format!(" ({})", service.name)).unwrap_or_default();
        lines.push(format!("{}  {spelled}{service}", column.name().in_language(language)));
    }
    if let State::Tcp(state) = line.state {
        lines.push(state.sentence().in_language(language));
    }
    lines.join("\n")
}

/// The cells of a row with tabs between, as a spreadsheet takes them.
pub(super) fn copied(known: &Known, language: Language) -> String {
    Column::ALL.map(|column| column.cell(known, language)).join("\t")
}

/// The heads of the columns in the same form.
pub(super) fn heads(language: Language) -> String {
    Column::ALL.map(|column| column.name().in_language(language)).join("\t")
}
