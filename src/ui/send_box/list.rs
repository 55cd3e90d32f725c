//! The send list: messages that go one after the other, again and again, inside the open connection.

use std::time::Duration;

use egui::{Align, DragValue, Layout, RichText, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_PLAY_ARROW, ICON_STOP};

use super::entry::{Change, Entry, LINE};
use super::preview;
use crate::program::{Command, Draft, MOST_MESSAGES, MOST_PAUSE, MOST_ROUNDS, SendList, SendTo, Sending};
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;
use crate::ui::scene::ProgramLine;
use crate::ui::theme;

/// How many messages are seen at once.
const SEEN: usize = 4;

/// The list of one program.
#[derive(Debug)]
pub(super) struct List {
    /// Whether it is shown.
    pub(super) open: bool,
    messages: Vec<Entry>,
    /// The number of the next message that comes in.
    next: u64,
    rounds: u32,
    /// The pause, in milliseconds.
    pause: u32,
}

impl Default for List {
    fn default() -> Self {
        Self { open: false, messages: Vec::new(), next: 0, rounds: 10, pause: 1000 }
    }
}

impl List {
    /// Takes a message in at the end, and shows the list.
    ///
    /// # Errors
    /// What is wrong with it, or that there is no room.
    pub(super) fn add(&mut self, draft: &Draft) -> Result<(), Message> {
        preview::data(draft)?;
        if self.messages.len() >= MOST_MESSAGES {
            return Err(text!("ui-list-full", most = MOST_MESSAGES));
        }
        self.messages.push(Entry { id: self.next, draft: draft.clone() });
        self.next += 1;
        self.open = true;
        Ok(())
    }

    /// How high it is drawn.
    pub(super) fn height(&self) -> f32 {
        if self.open { 36.0 + LINE * self.messages.len().clamp(1, SEEN) as f32 } else { 0.0 }
    }

    /// Draws it; returns what the person asks of the program.
    pub(super) fn show(&mut self, ui: &mut Ui, line: &ProgramLine, to: &SendTo, look: &Look) -> Option<Command> {
        let mut asked = None;
        let under_way = line.phase.is_running() && line.sending.is_under_way();
        let wrong = self.wrong();
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), 34.0), Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(theme::EDGE);
            look.heading(ui, &text!("ui-list"));
            ui.add_enabled_ui(!under_way, |ui| self.numbers(ui, look));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(theme::EDGE);
                if under_way {
                    let tip = look.say(&text!("ui-list-stop-tip"));
                    if look.button(ui, ICON_STOP, &look.say(&text!("ui-list-stop"))).on_hover_text(tip).clicked() {
                        asked = Some(Command::EndList);
                    }
                } else {
                    let tip = look.say(&text!("ui-list-start-tip", program = line.spec.name.as_str()));
                    ui.add_enabled_ui(!self.messages.is_empty() && wrong.is_none(), |ui| {
                        if look.button(ui, ICON_PLAY_ARROW, &look.say(&text!("ui-list-start"))).on_hover_text(tip).clicked() {
                            asked = Some(self.command(to));
                        }
                    });
                }
                if let Some((number, _)) = wrong.as_ref().filter(|_| !under_way) {
                    let words = look.say(&text!("ui-list-wrong", number = *number));
                    ui.label(RichText::new(words).font(theme::plain(12.0)).color(look.roles.error));
                } else if let Some(words) = progress(&line.sending) {
                    look.secondary(ui, look.say(&words));
                }
            });
        });
        if self.messages.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(theme::EDGE);
                look.secondary(ui, look.say(&text!("ui-list-empty")));
            });
        }
        self.messages(ui, under_way, look);
        asked
    }

    fn numbers(&mut self, ui: &mut Ui, look: &Look) {
        look.secondary(ui, look.say(&text!("ui-list-repeat")));
        let rounds = DragValue::new(&mut self.rounds).range(1..=MOST_ROUNDS).speed(0.2);
        ui.add(rounds).accessible_name(look.say(&text!("ui-list-repeat"))).on_hover_text(look.say(&text!("ui-list-repeat-tip")));
        look.secondary(ui, look.say(&text!("ui-list-pause")));
        let pause = DragValue::new(&mut self.pause).range(0..=MOST_PAUSE.as_millis() as u32).speed(10).suffix(" ms");
        ui.add(pause).accessible_name(look.say(&text!("ui-list-pause"))).on_hover_text(look.say(&text!("ui-list-pause-tip")));
    }

    fn messages(&mut self, ui: &mut Ui, under_way: bool, look: &Look) {
        let mut change = None;
        let area = ScrollArea::vertical().id_salt("send list").max_height(LINE * SEEN as f32).auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.add_enabled_ui(!under_way, |ui| {
                let count = self.messages.len();
                for (place, entry) in self.messages.iter_mut().enumerate() {
                    let asked = ui.push_id(entry.id, |ui| entry.show(ui, place, count, look)).inner;
                    change = change.or_else(|| asked.map(|asked| (place, asked)));
                }
            });
        });
        if let Some((place, change)) = change {
            self.change(place, change);
        }
    }

    fn change(&mut self, place: usize, change: Change) {
        match change {
            Change::Up if place > 0 => self.messages.swap(place - 1, place),
            Change::Down if place + 1 < self.messages.len() => self.messages.swap(place, place + 1),
            Change::Copy if self.messages.len() < MOST_MESSAGES => {
                if let Some(entry) = self.messages.get(place) {
                    let copy = Entry { id: self.next, draft: entry.draft.clone() };
                    self.next += 1;
                    self.messages.insert(place + 1, copy);
                }
            }
            Change::Remove if place < self.messages.len() => drop(self.messages.remove(place)),
            _ => {}
        }
    }

    /// The first message that is wrong, by its number, and why.
    fn wrong(&self) -> Option<(usize, Message)> {
        self.messages.iter().enumerate().find_map(|(place, entry)| Some((place + 1, entry.error()?)))
    }

    fn command(&self, to: &SendTo) -> Command {
        // A list of which something is wrong is not begun.
        let messages = self.messages.iter().filter_map(|entry| entry.draft.data().ok()).collect();
        Command::SendList(SendList { to: to.clone(), messages, rounds: self.rounds, every: Duration::from_millis(self.pause.into()) })
    }
}

/// How far the list is.
fn progress(sending: &Sending) -> Option<Message> {
    let list = sending.list?;
    let (done, all) = (list.done.to_string(), list.all.to_string());
    Some(if list.is_under_way { text!("ui-list-progress", done = done, all = all) } else { text!("ui-list-done", done = done, all = all) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(texts: &[&str]) -> List {
        let mut list = List::default();
        for text in texts {
            list.add(&Draft { text: (*text).to_owned(), ..Draft::default() }).expect("taken in");
        }
        list
    }

    fn texts(list: &List) -> Vec<&str> {
        list.messages.iter().map(|entry| entry.draft.text.as_str()).collect()
    }

    #[test]
    fn messages_are_moved_copied_and_taken_out_and_keep_their_own_numbers() {
        let mut list = list(&["a", "b", "c"]);
        list.change(0, Change::Up);
        list.change(2, Change::Down);
        assert_eq!(texts(&list), ["a", "b", "c"], "the ends stay");
        list.change(0, Change::Down);
        list.change(2, Change::Up);
        assert_eq!(texts(&list), ["b", "c", "a"]);
        list.change(1, Change::Copy);
        list.change(0, Change::Remove);
        assert_eq!(texts(&list), ["c", "c", "a"]);
        let mut ids = list.messages.iter().map(|entry| entry.id).collect::<Vec<_>>();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 3);
        list.change(9, Change::Remove);
        while list.messages.len() < MOST_MESSAGES {
            list.change(0, Change::Copy);
        }
        list.change(0, Change::Copy);
        assert_eq!(list.messages.len(), MOST_MESSAGES);
    }

    #[test]
    fn the_first_that_is_wrong_is_told() {
        let mut list = list(&["a", "b"]);
        assert_eq!(list.wrong(), None);
        list.messages[1].draft.text = "\\q".to_owned();
        assert_eq!(list.wrong().map(|(number, _)| number), Some(2));
    }
}
