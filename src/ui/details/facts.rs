//! What is known about the chosen row, as names and values: first what matters, then the rest.

use std::time::Duration;

use egui::{Grid, Label, RichText, Ui};

use super::card::link;
use super::inquiry::Learned;
use crate::text;
use crate::text::Message;
use crate::trace::{Args, Call, Direction, Family, Kind, Life, Names, Origin, Outcome, Record, notation};
use crate::ui::log::row;
use crate::ui::look::Look;
use crate::ui::theme;

/// A name: in words, or as C and the manual write it.
enum Name {
    Words(Message),
    Mono(&'static str),
}

/// A value of the list.
enum Fact {
    /// In words.
    Words(String),
    /// As C and the manual write it.
    Mono(String),
    /// Rows that can be gone to: the number and what stands for it.
    Rows(Vec<(u64, String)>),
}

type Facts = Vec<(Name, Fact)>;

/// Draws the call, which way bytes went, and what matters most; returns a row that is to be gone to.
pub(super) fn show(ui: &mut Ui, record: &Record, learned: &Learned, names: &Names, look: &Look) -> Option<u64> {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(row::call(record, look)).font(theme::mono(14.0)));
        if let Some(direction) = record.direction() {
            let len = record.payload.as_ref().map_or(0, |payload| payload.full_len);
            let (message, ink, fill) = match direction {
                Direction::Sent => (text!("ui-details-sent", bytes = len.to_string()), look.roles.send, look.roles.send_soft),
                Direction::Received => (text!("ui-details-received", bytes = len.to_string()), look.roles.recv, look.roles.recv_soft),
            };
            let words = format!("{} {}", notation::arrow(direction), look.say(&message));
            look.chip(ui, &words, ink, Some(fill), theme::plain(12.0));
        }
    });
    ui.add_space(4.0);
    grid(ui, "facts", first(record, learned, names, look), look)
}

/// Draws the rest: who made the call and when, and its arguments by name.
pub(super) fn rest(ui: &mut Ui, record: &Record, names: &Names, look: &Look) {
    ui.add_space(10.0);
    look.heading(ui, &text!("ui-details-call"));
    ui.add_space(2.0);
    let mut facts = record.args().map(arguments).unwrap_or_default();
    facts.push((Name::Words(text!("ui-details-program")), Fact::Words(names.program_name(record.program))));
    facts.push((Name::Words(text!("ui-details-thread")), Fact::Words(names.thread_name(record.thread))));
    facts.push((
        Name::Words(text!("ui-details-began")),
        Fact::Mono(format!("{} s", notation::time(record.t0.saturating_sub(names.run_start(record.run))))),
    ));
    let origin = match record.origin {
        Origin::Program => None,
        Origin::Person => Some(text!("ui-details-origin-person")),
        Origin::Lab => Some(text!("ui-details-origin-lab")),
    };
    facts.extend(origin.map(|origin| (Name::Words(text!("ui-details-origin")), Fact::Words(look.say(&origin)))));
    grid(ui, "rest", facts, look);
}

fn grid(ui: &mut Ui, id: &str, facts: Facts, look: &Look) -> Option<u64> {
    let mut wanted = None;
    ui.spacing_mut().interact_size.y = 18.0;
    Grid::new(id).num_columns(2).min_col_width(72.0).spacing([8.0, 4.0]).show(ui, |ui| {
        for (name, fact) in facts {
            let name = match name {
                Name::Words(name) => RichText::new(look.say(&name)).font(theme::plain(12.0)),
                Name::Mono(name) => RichText::new(name).font(theme::mono(12.0)),
            };
            ui.label(name.color(look.roles.text2));
            match fact {
                Fact::Words(words) => drop(ui.add(Label::new(RichText::new(words).font(theme::plain(12.0))).wrap())),
                Fact::Mono(text) => drop(ui.add(Label::new(RichText::new(text).font(theme::mono(12.0))).wrap())),
                Fact::Rows(rows) => drop(ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 1.0;
                    for (n, words) in rows {
                        if link(ui, &words, look) {
                            wanted = Some(n);
                        }
                    }
                })),
            }
            ui.end_row();
        }
    });
    wanted
}

fn first(record: &Record, learned: &Learned, names: &Names, look: &Look) -> Facts {
    let mut facts = socket(record, names, look);
    match &record.outcome {
        Outcome::Ok(_) if matches!(record.kind, Kind::Life(_) | Kind::Panic(_) | Kind::Fault(_) | Kind::Sample(_)) => {}
        Outcome::Err(_) => {}
        _ if record.direction().is_some() => {}
        _ => facts.push((Name::Words(text!("ui-details-result")), Fact::Mono(notation::outcome(record)))),
    }
    if let Outcome::Address(peer, flags) = &record.outcome
        && record.payload.is_some()
    {
        facts.push((Name::Words(text!("ui-details-from")), Fact::Mono(peer.to_string())));
        if flags.truncated {
            facts.push((Name::Words(text!("ui-details-flags")), Fact::Mono("MSG_TRUNC".to_owned())));
        }
    }
    facts.extend(took(record, learned, look));
    facts.extend(partners(record, learned, names, look));
    if let Kind::Life(Life::Told(message)) = &record.kind {
        facts.push((Name::Words(text!("ui-details-told")), Fact::Words(look.say(message))));
    }
    if let Kind::Panic(said) = &record.kind {
        facts.push((Name::Words(text!("ui-details-told")), Fact::Mono(said.to_string())));
    }
    facts
}

/// How long it took; where it waited for the other side, until which of its rows.
fn took(record: &Record, learned: &Learned, look: &Look) -> Option<(Name, Fact)> {
    if !matches!(record.kind, Kind::Call(..)) {
        return None;
    }
    let took = notation::duration(Duration::from_nanos(record.took()));
    let first = learned.paired.as_ref().and_then(|paired| paired.partners.first());
    let takes = record.call().is_some_and(|call| !call.gives());
    // It had to wait if what it was given began after it did.
    Some(match first.filter(|first| takes && first.t0 > record.t0) {
        Some(first) => {
            let words = look.say(&text!("ui-details-until", time = took, row = first.n.to_string()));
            (Name::Words(text!("ui-details-waited")), Fact::Words(words))
        }
        None => (Name::Words(text!("ui-details-took")), Fact::Mono(took)),
    })
}

/// What belongs to it on the other side.
fn partners(record: &Record, learned: &Learned, names: &Names, look: &Look) -> Option<(Name, Fact)> {
    let paired = learned.paired.as_ref()?;
    let name = match record.call()? {
        Call::Recv | Call::RecvFrom => text!("ui-details-came-from"),
        Call::Send | Call::SendTo => text!("ui-details-went-to"),
        _ => text!("ui-details-other-side"),
    };
    let program = names.socket(paired.socket).map(|ends| names.program_name(ends.program)).unwrap_or_default();
    let words = |partner: &crate::trace::pairing::Partner| {
        let call = match partner.call.direction() {
            Some(_) => format!("{}({})", partner.call, partner.len),
            None => format!("{}()", partner.call),
        };
        let (row, program) = (partner.n.to_string(), program.as_str());
        if partner.shared < partner.len {
            text!("ui-details-partner-part", row = row, call = call, program = program, bytes = partner.shared.to_string())
        } else {
            text!("ui-details-partner", row = row, call = call, program = program)
        }
    };
    let rows = paired.partners.iter().map(|partner| (partner.n, look.say(&words(partner)))).collect();
    Some((Name::Words(name), Fact::Rows(rows)))
}

/// The arguments by their names in the manual pages.
fn arguments(args: &Args) -> Facts {
    let all = match args {
        Args::None => vec![],
        Args::Socket(family, kind) => {
            vec![("domain", family.name().to_owned()), ("type", kind.name().to_owned()), ("protocol", "0".to_owned())]
        }
        Args::Address(address) => vec![("addr", address.to_string())],
        Args::Backlog(backlog) => vec![("backlog", backlog.to_string())],
        Args::Length(length) => vec![("len", length.to_string())],
        Args::LengthTo(length, to) => vec![("len", length.to_string()), ("dest_addr", to.to_string())],
        Args::How(how) => vec![("how", how.name().to_owned())],
        Args::Option(name) => vec![("optname", name.to_string())],
        Args::Program(name) => vec![("path", name.to_string())],
        Args::OptionValue(name, value) => vec![("optname", name.to_string()), ("optval", value.to_string())],
        Args::Flag(on) => vec![("on", on.to_string())],
        Args::Control(name, interest) => vec![("op", name.to_string()), ("events", interest.name().to_owned())],
        Args::LengthFlags(length, flags) | Args::Into(length, flags) => {
            vec![("len", length.to_string()), ("flags", flags.to_string())]
        }
        Args::LengthToFlags(length, to, flags) => {
            vec![("len", length.to_string()), ("flags", flags.to_string()), ("dest_addr", to.to_string())]
        }
        Args::Request(request) => vec![("op", request.name().to_owned())],
        Args::Lookup(name, port, family, kind) => vec![
            ("node", name.to_string()),
            ("service", port.to_string()),
            ("ai_family", family.map_or("AF_UNSPEC", Family::name).to_owned()),
            ("ai_socktype", kind.name().to_owned()),
        ],
        Args::Limit(limit) => vec![("value", limit.map_or_else(|| "None".to_owned(), notation::duration))],
        Args::Poll(interest, limit) => {
            let limit = limit.map_or_else(|| "-1".to_owned(), notation::duration);
            vec![("events", interest.name().to_owned()), ("timeout", limit)]
        }
    };
    all.into_iter().map(|(name, value)| (Name::Mono(name), Fact::Mono(value))).collect()
}

fn socket(record: &Record, names: &Names, look: &Look) -> Facts {
    let Some(socket) = record.socket else { return Vec::new() };
    let ends = names.socket(socket);
    let accepted = ends.and_then(|ends| ends.accepted_by);
    let name = match accepted {
        Some(by) => look.say(&text!("ui-details-accepted", socket = socket.to_string(), by = by.to_string())),
        None => socket.to_string(),
    };
    let mut facts = vec![(Name::Words(text!("ui-details-socket")), Fact::Words(name))];
    if let Some(local) = ends.and_then(|ends| ends.local.as_ref()) {
        facts.push((Name::Words(text!("ui-details-local")), Fact::Mono(local.to_string())));
    }
    if let Some(peer) = ends.and_then(|ends| ends.peer.as_ref()) {
        facts.push((Name::Words(text!("ui-details-peer")), Fact::Mono(peer.to_string())));
    }
    facts
}
