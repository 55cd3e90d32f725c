//! The menu of a row: filter by what it is, copy it, mark it, look at it.

use egui::Ui;

use crate::text;
use crate::text::Message;
use crate::trace::copy::Form;
use crate::trace::{Names, Record};
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

/// Draws the menu; returns what was chosen. `chosen` is how many rows a copy is of.
pub(super) fn show(ui: &mut Ui, record: Option<&Record>, chosen: u64, names: &Names, look: &Look) -> Option<Choice> {
    let mut choice = None;
    let mut item = |ui: &mut Ui, name: String, what: Choice| {
        if ui.button(name).clicked() {
            choice = Some(what);
            ui.close();
        }
    };
    if let Some(record) = record {
        for term in terms(record, names) {
            item(ui, look.say(&text!("ui-row-filter", term = term.as_str())), Choice::Filter(term));
        }
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
    use crate::trace::{Args, Call, Errno, Kind, Life, Origin, Outcome, ProgramId, SocketId, ThreadId};

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
