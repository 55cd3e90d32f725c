//! All keys, by topic: the commands of the table, and what keys do in lists and fields.

use egui::{Grid, RichText, Ui};

use super::command::{COMMANDS, Command, Row, Topic};
use super::look::Look;
use super::theme;
use crate::text;
use crate::text::Message;

/// Keys that are no command's, and what they do.
type Other = (&'static str, fn() -> Message);

/// What keys do that are no commands. The names on the keys are not translated.
static OTHERS: &[Other] = &[
    ("Tab, Shift+Tab", || text!("ui-keys-tab")),
    ("Space, Enter", || text!("ui-keys-press")),
    ("Escape", || text!("ui-keys-escape")),
    ("Up, Down", || text!("ui-keys-rows")),
    ("Page Up, Page Down", || text!("ui-keys-pages")),
    ("Home, End", || text!("ui-keys-ends")),
];

/// Draws the list.
pub(crate) fn show(ui: &mut Ui, look: &Look) {
    let wide = ui.available_width() >= 600.0;
    let mut topics = Topic::ALL
        .into_iter()
        .map(|topic| {
            // The nine keys of programs are one line.
            let rows = COMMANDS.iter().filter(|row| row.topic == topic && row.command.place().is_none_or(|place| place == 0));
            let keys = |command: Command| ui.ctx().format_shortcut(&command.row().keys);
            let line = |row: &Row| match row.command {
                Command::Program1 => {
                    (format!("{} – {}", keys(Command::Program1), keys(Command::Program9)), text!("ui-command-program-any"))
                }
                command => (keys(command), (row.name)()),
            };
            (topic.name(), rows.map(line).collect::<Vec<_>>())
        })
        .collect::<Vec<_>>();
    topics.push((text!("ui-keys-lists"), OTHERS.iter().map(|(keys, does)| ((*keys).to_owned(), does())).collect()));
    let columns = if wide { 2 } else { 1 };
    ui.columns(columns, |sides| {
        for (topic, rows) in topics {
            // Where less stands so far.
            let side = sides.iter_mut().min_by(|one, other| one.min_rect().bottom().total_cmp(&other.min_rect().bottom()));
            if let Some(side) = side {
                block(side, &topic, &rows, look);
            }
        }
    });
}

fn block(ui: &mut Ui, topic: &Message, rows: &[(String, Message)], look: &Look) {
    ui.add_space(8.0);
    ui.label(RichText::new(look.say(topic)).font(theme::strong(12.0)).color(look.roles.text2));
    Grid::new(topic.key().to_owned()).num_columns(2).min_col_width(104.0).spacing([8.0, 4.0]).show(ui, |ui| {
        for (keys, does) in rows {
            ui.label(RichText::new(keys).font(theme::mono(11.0)).color(look.roles.text2));
            ui.label(look.say(does));
            ui.end_row();
        }
    });
}
