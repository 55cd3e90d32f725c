//! TCP against UDP: the same messages over both, set side by side from the trace, with a sentence each.

use std::time::Duration;

use egui::{Label, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Given, field};
use crate::lab::SAMPLES;
use crate::text;
use crate::text::Message;
use crate::trace::compare::{Borders, Course, Courses, Piece, borders};
use crate::trace::{SocketType, notation};
use crate::ui::command::{Action, Actions};
use crate::ui::look::Look;
use crate::ui::theme;

/// The lab that is made for it.
const SAMPLE: &str = "tcp-against-udp";

/// A line: what is compared, what it was over TCP and over UDP, and why.
struct Compared {
    name: Message,
    values: [Option<Message>; 2],
    why: Message,
}

/// A value that is written the same in every language.
fn plain(text: impl Into<String>) -> Message {
    text!("ui-compare-plain", text = text.into())
}

/// The lengths of messages: `3 B, 3 B, 5 B`.
fn lengths(count: u64, pieces: &[Piece]) -> Message {
    let mut shown = pieces.iter().take(6).map(|piece| format!("{} B", piece.length)).collect::<Vec<_>>();
    if count as usize > shown.len() {
        shown.push("…".to_owned());
    }
    text!("ui-compare-lengths", count = count, lengths = shown.join(", "))
}

fn calls(course: &Course) -> Message {
    let names = course.before.iter().map(|call| call.name()).collect::<Vec<_>>();
    text!("ui-compare-calls", count = names.len(), calls = names.join(", "))
}

/// What is told of both.
fn compared(courses: &Courses) -> Vec<Compared> {
    let kinds = [SocketType::Stream, SocketType::Datagram];
    let clients = kinds.map(|kind| courses.client(kind, false));
    let servers = clients.map(|client| courses.server(client?));
    let alone = kinds.map(|kind| courses.client(kind, true));
    let of = |what: &dyn Fn(&Course) -> Option<Message>| clients.map(|client| what(client?));
    let both = |what: &dyn Fn(&Course, &Course) -> Option<Message>| {
        [0, 1].map(|place: usize| what(clients.get(place).copied().flatten()?, servers.get(place).copied().flatten()?))
    };
    vec![
        Compared {
            name: text!("ui-compare-programs"),
            values: of(&|client| Some(plain(&*client.name))),
            why: text!("ui-compare-programs-why"),
        },
        Compared { name: text!("ui-compare-before"), values: of(&|client| Some(calls(client))), why: text!("ui-compare-before-why") },
        Compared { name: text!("ui-compare-server"), values: both(&|_, server| Some(calls(server))), why: text!("ui-compare-server-why") },
        Compared {
            name: text!("ui-compare-first"),
            values: of(&|client| Some(plain(notation::duration(Duration::from_nanos(client.first?))))),
            why: text!("ui-compare-first-why"),
        },
        Compared {
            name: text!("ui-compare-sends"),
            values: of(&|client| Some(lengths(client.sends, &client.out))),
            why: text!("ui-compare-sends-why"),
        },
        Compared {
            name: text!("ui-compare-receives"),
            values: both(&|_, server| Some(lengths(server.receives, &server.within))),
            why: text!("ui-compare-receives-why"),
        },
        Compared {
            name: text!("ui-compare-borders"),
            values: both(&|client, server| {
                Some(match borders(client, server) {
                    Borders::Kept => text!("ui-compare-kept"),
                    Borders::Moved => text!("ui-compare-moved"),
                    Borders::Missing(_) | Borders::Other => text!("ui-compare-not-told"),
                })
            }),
            why: text!("ui-compare-borders-why"),
        },
        Compared {
            name: text!("ui-compare-bytes"),
            values: both(&|client, server| Some(text!("ui-compare-bytes-of", sent = client.sent, received = server.received))),
            why: text!("ui-compare-bytes-why"),
        },
        Compared {
            name: text!("ui-compare-order"),
            values: both(&|client, server| {
                Some(match borders(client, server) {
                    Borders::Kept | Borders::Moved => text!("ui-compare-in-order"),
                    Borders::Missing(bytes) => text!("ui-compare-missing", bytes = bytes),
                    Borders::Other => text!("ui-compare-out-of-order"),
                })
            }),
            why: text!("ui-compare-order-why"),
        },
        Compared {
            name: text!("ui-compare-rounds"),
            values: of(&|client| Some(plain(client.rounds.to_string()))),
            why: text!("ui-compare-rounds-why"),
        },
        Compared {
            name: text!("ui-compare-nobody"),
            values: alone.map(|client| {
                let client = client?;
                Some(match client.failed {
                    Some((call, errno, row)) if client.sends == 0 => {
                        text!("ui-compare-refused", call = call.name(), errno = errno.name(), row = row.to_string())
                    }
                    Some((call, errno, row)) => text!("ui-compare-later", call = call.name(), errno = errno.name(), row = row.to_string()),
                    None => text!("ui-compare-unheard", sends = client.sends),
                })
            }),
            why: text!("ui-compare-nobody-why"),
        },
    ]
}

/// Draws the tool.
pub(super) fn show(ui: &mut Ui, given: &Given<'_>, actions: &mut Actions) {
    let look = given.look;
    let rows = compared(given.courses);
    let told = [0, 1].map(|place: usize| rows.iter().any(|row| row.values.get(place).is_some_and(Option::is_some)));
    if told.contains(&false) {
        offer(ui, told, look, actions);
        if !told.contains(&true) {
            return;
        }
    }
    ScrollArea::vertical().id_salt("compare").auto_shrink(false).show(ui, |ui| {
        let width = ui.available_width();
        let columns = [0.0, 128.0, 128.0 + (width - 128.0) * 0.5];
        let head = [String::new(), "TCP".to_owned(), "UDP".to_owned()];
        let (rect, _) = ui.allocate_exact_size(vec2(width, theme::HEAD), Sense::hover());
        for (x, words) in columns.iter().zip(&head) {
            ui.painter().text(
                pos2(rect.left() + x, rect.center().y),
                egui::Align2::LEFT_CENTER,
                words,
                theme::strong(13.0),
                look.roles.text,
            );
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, look.roles.line));
        for row in &rows {
            line(ui, row, columns, width, look);
        }
    });
}

/// What is compared and the sentence below, over the whole width.
fn line(ui: &mut Ui, row: &Compared, columns: [f32; 3], width: f32, look: &Look) {
    ui.add_space(6.0);
    let name = look.say(&row.name);
    let values = row.values.each_ref().map(|value| value.as_ref().map_or_else(|| "–".to_owned(), |value| look.say(value)));
    let start = ui.cursor().min;
    let mut bottom = start.y;
    let cells = [(name.as_str(), false), (values[0].as_str(), true), (values[1].as_str(), true)];
    for ((text, strong), (place, x)) in cells.into_iter().zip(columns.iter().enumerate()) {
        let end = columns.get(place + 1).copied().unwrap_or(width);
        let area = egui::Rect::from_min_size(pos2(start.x + x, start.y), vec2(end - x - 10.0, 60.0));
        let mut cell = ui.new_child(UiBuilder::new().max_rect(area).id_salt(place));
        let (font, colour) = if strong { (theme::strong(12.0), look.roles.text) } else { (theme::plain(12.0), look.roles.text2) };
        cell.add(Label::new(RichText::new(text).font(font).color(colour)).wrap());
        bottom = bottom.max(cell.min_rect().bottom());
    }
    let (_, response) = ui.allocate_exact_size(vec2(width, bottom - start.y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("{name}: TCP {}; UDP {}", values[0], values[1])));
    ui.horizontal(|ui| {
        ui.add_space(columns[1]);
        ui.add(Label::new(RichText::new(look.say(&row.why)).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
    });
    let y = ui.cursor().top() + 2.0;
    ui.painter().hline(start.x..=start.x + width, y, egui::Stroke::new(1.0, look.roles.line));
}

/// Where one of the two is missing, the lab that has both.
fn offer(ui: &mut Ui, told: [bool; 2], look: &Look, actions: &mut Actions) {
    let words = match told {
        [true, _] => text!("ui-compare-no-udp"),
        [_, true] => text!("ui-compare-no-tcp"),
        _ => text!("ui-compare-none"),
    };
    ui.add(Label::new(RichText::new(look.say(&words)).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
    let Some((place, sample)) = SAMPLES.iter().enumerate().find(|(_, sample)| sample.name == SAMPLE) else { return };
    let title = look.say(&(sample.title)());
    let name = look.say(&text!("ui-compare-open", sample = title));
    if field::link(ui, &name, &look.say(&(sample.watch)()), look).clicked() {
        actions.push(Action::Sample(place));
    }
    ui.add_space(8.0);
}
