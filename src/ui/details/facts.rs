//! What is known about the chosen row, as names and values.

use std::time::Duration;

use egui::{Grid, RichText, Ui};

use crate::text;
use crate::text::Message;
use crate::trace::{Direction, Kind, Life, Names, Origin, Outcome, Record, notation};
use crate::ui::look::Look;
use crate::ui::theme;

/// A value of the list.
enum Fact {
    /// In words.
    Words(String),
    /// As C and the manual write it.
    Mono(String),
}

/// Draws the names and values, one below the other.
pub(super) fn show(ui: &mut Ui, record: &Record, names: &Names, look: &Look) {
    if let Some(direction) = record.direction() {
        let len = record.payload.as_ref().map_or(0, |payload| payload.full_len);
        let (message, ink, fill) = match direction {
            Direction::Sent => (text!("ui-details-sent", bytes = len.to_string()), look.roles.send, look.roles.send_soft),
            Direction::Received => (text!("ui-details-received", bytes = len.to_string()), look.roles.recv, look.roles.recv_soft),
        };
        let words = format!("{} {}", notation::arrow(direction), look.say(&message));
        look.chip(ui, &words, ink, Some(fill), theme::plain(12.0));
        ui.add_space(4.0);
    }
    ui.spacing_mut().interact_size.y = 18.0;
    Grid::new("facts").num_columns(2).min_col_width(72.0).spacing([8.0, 4.0]).show(ui, |ui| {
        for (name, fact) in facts(record, names, look) {
            ui.label(RichText::new(look.say(&name)).font(theme::plain(12.0)).color(look.roles.text2));
            let value = match fact {
                Fact::Words(words) => RichText::new(words).font(theme::plain(12.0)),
                Fact::Mono(text) => RichText::new(text).font(theme::mono(12.0)),
            };
            ui.add(egui::Label::new(value).wrap());
            ui.end_row();
        }
    });
}

fn facts(record: &Record, names: &Names, look: &Look) -> Vec<(Message, Fact)> {
    let mut facts = vec![(text!("ui-details-program"), Fact::Words(names.program_name(record.program)))];
    facts.push((text!("ui-details-thread"), Fact::Words(names.thread_name(record.thread))));
    facts.extend(socket(record, names, look));
    match &record.outcome {
        Outcome::Ok(_) if matches!(record.kind, Kind::Life(_) | Kind::Panic(_)) => {}
        Outcome::Err(_) => {}
        _ if record.direction().is_some() => {}
        _ => facts.push((text!("ui-details-result"), Fact::Mono(notation::outcome(record)))),
    }
    if let Outcome::Address(peer, flags) = &record.outcome
        && record.payload.is_some()
    {
        facts.push((text!("ui-details-from"), Fact::Mono(peer.to_string())));
        if flags.truncated {
            facts.push((text!("ui-details-flags"), Fact::Mono("MSG_TRUNC".to_owned())));
        }
    }
    facts.push((text!("ui-details-began"), Fact::Mono(format!("{} s", notation::time(record.t0)))));
    if matches!(record.kind, Kind::Call(..)) {
        facts.push((text!("ui-details-took"), Fact::Mono(notation::duration(Duration::from_nanos(record.took())))));
    }
    match record.origin {
        Origin::Program => {}
        Origin::Person => facts.push((text!("ui-details-origin"), Fact::Words(look.say(&text!("ui-details-origin-person"))))),
        Origin::Lab => facts.push((text!("ui-details-origin"), Fact::Words(look.say(&text!("ui-details-origin-lab"))))),
    }
    if let Kind::Life(Life::Told(message)) = &record.kind {
        facts.push((text!("ui-details-told"), Fact::Words(look.say(message))));
    }
    if let Kind::Panic(said) = &record.kind {
        facts.push((text!("ui-details-told"), Fact::Mono(said.to_string())));
    }
    facts
}

fn socket(record: &Record, names: &Names, look: &Look) -> Vec<(Message, Fact)> {
    let Some(socket) = record.socket else { return Vec::new() };
    let ends = names.socket(socket);
    let accepted = ends.and_then(|ends| ends.accepted_by);
    let name = match accepted {
        Some(by) => look.say(&text!("ui-details-accepted", socket = socket.to_string(), by = by.to_string())),
        None => socket.to_string(),
    };
    let mut facts = vec![(text!("ui-details-socket"), Fact::Words(name))];
    if let Some(local) = ends.and_then(|ends| ends.local.as_ref()) {
        facts.push((text!("ui-details-local"), Fact::Mono(local.to_string())));
    }
    if let Some(peer) = ends.and_then(|ends| ends.peer.as_ref()) {
        facts.push((text!("ui-details-peer"), Fact::Mono(peer.to_string())));
    }
    facts
}
