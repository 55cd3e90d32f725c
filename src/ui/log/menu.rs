//! The menu of a row: filter by what it is, copy it, mark it, look at it.

use egui::Ui;

use crate::text;
use crate::text::Message;
use crate::trace::copy::Form;
use crate::trace::{Address, Names, Outcome, Record, SocketId};
use crate::ui::look::Look;

/// What was chosen in the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Show only rows with this term.
    Filter(String),
    Copy(Form),
    /// Set the mark, or open its note.
    Mark,
    Details,
    HideBefore,
    /// Show what this socket said to its peer, and heard from it; of datagrams, to this one.
    Converse(SocketId, Option<Address>),
    /// Unpack its bytes.
    Unpack,
    /// Show it in its layers.
    Layers,
}

/// The socket of a row that takes part in a conversation: one that has a peer or moved bytes; of an accept, the one that it gave. Then whom it talked to,
/// where it was a datagram.
fn talking(record: &Record, names: &Names) -> Option<(SocketId, Option<Address>)> {
    if let Outcome::Socket(accepted, _) = record.outcome {
        return Some((accepted, None));
    }
    let socket = record.socket?;
    let has_peer = names.socket(socket).is_some_and(|ends| ends.peer.is_some());
    (has_peer || record.direction().is_some()).then(|| (socket, record.facing().cloned()))
}

/// The name of a form of copies.
pub(super) fn form_name(form: Form) -> Message {
    match form {
        Form::Text => text!("ui-copy-text"),
        Form::Hex => text!("ui-copy-hex"),
        Form::Python => text!("ui-copy-python"),
        Form::C => text!("ui-copy-c"),
        Form::Json => text!("ui-copy-json"),
    }
}

/// Terms of a filter that this row passes, the most useful first.
pub(super) fn terms(record: &Record, names: &Names) -> Vec<String> {
    let quoted = |text: String| if text.contains([' ', ',', ':', '"']) { format!("\"{}\"", text.replace('"', "")) } else { text };
    let program = names.program(record.program).map(|program| format!("program:{}", quoted(program.name.to_string())));
    let socket = record.socket.map(|socket| format!("socket:{socket}"));
    let call = record.call().map(|call| format!("call:{call}"));
    let errno = record.errno().map(|errno| format!("errno:{}", errno.name()));
    [program, socket, call, errno].into_iter().flatten().collect()
}

/// Draws the menu; returns what was chosen. `chosen` is how many rows a copy is of; with `focus`, its first item gets the keyboard.
pub(super) fn show(ui: &mut Ui, record: &Record, chosen: u64, focus: bool, names: &Names, look: &Look) -> Option<Choice> {
    let mut choice = None;
    let mut focus = focus;
    let mut item = |ui: &mut Ui, name: String, what: Choice| {
        let button = ui.button(name);
        if std::mem::take(&mut focus) {
            button.request_focus();
        }
        if button.clicked() {
            choice = Some(what);
            ui.close();
        }
    };
    for term in terms(record, names) {
        item(ui, look.say(&text!("ui-row-filter", term = term.as_str())), Choice::Filter(term));
    }
    ui.separator();
    if let Some((socket, peer)) = talking(record, names) {
        item(ui, look.say(&text!("ui-command-converse")), Choice::Converse(socket, peer));
        ui.separator();
    }
    if record.payload.as_ref().is_some_and(|payload| !payload.bytes.is_empty()) {
        item(ui, look.say(&text!("ui-row-unpack")), Choice::Unpack);
        item(ui, look.say(&text!("ui-row-layers")), Choice::Layers);
        ui.separator();
    }
    for form in Form::ALL {
        let name = look.say(&form_name(form));
        item(ui, look.say(&text!("ui-row-copy", rows = chosen, form = name)), Choice::Copy(form));
    }
    ui.separator();
    item(ui, look.say(&text!("ui-row-mark")), Choice::Mark);
    item(ui, look.say(&text!("ui-command-hide-before")), Choice::HideBefore);
    item(ui, look.say(&text!("ui-row-details")), Choice::Details);
    choice
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::filter::Filter;
    use crate::trace::{Args, Call, Errno, Kind, Life, Origin, ProgramId, ThreadId};

    #[test]
    fn every_term_passes_its_own_row() {
        let mut names = Names::default();
        for name in ["server", "two words", "a:b,c"] {
            let row = |kind, outcome| {
                let (program, thread, socket) = (ProgramId(1), ThreadId(1), Some(SocketId(3)));
                Record { n: 1, kind, origin: Origin::Program, run: 1, program, thread, socket, t0: 0, t1: 0, outcome, payload: None }
            };
            names.learn(&row(Kind::Life(Life::ProgramStarted { name: name.into(), kind: "tcp-server".into() }), Outcome::Ok(0)));
            let failed = row(Kind::Call(Call::Bind, Args::None), Outcome::Err(Errno::by_name("EADDRINUSE").unwrap()));
            let terms = terms(&failed, &names);
            assert_eq!(terms.len(), 4);
            let filter = Filter::parse(&terms.join(" ")).unwrap();
            assert!(filter.passes(&failed, &names), "{terms:?}");
        }
    }
}
