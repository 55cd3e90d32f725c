//! The send list: messages that go one after the other, again and again, inside the open connection.

use std::time::Duration;

use egui::{Align, DragValue, Layout, RichText, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_PLAY_ARROW, ICON_STOP};

use super::preview;
use crate::program::{Command, Draft, MOST_MESSAGES, MOST_PAUSE, MOST_ROUNDS, SendList, SendTo, Sending};
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;
use crate::ui::scene::ProgramLine;
use crate::ui::theme;

/// The height of one message.
const LINE: f32 = 24.0;
/// How many messages are seen at once.
const SEEN: usize = 4;

/// The list of one program.
#[derive(Debug)]
pub(super) struct List {
    /// Whether it is shown.
    pub(super) open: bool,
    messages: Vec<Draft>,
    rounds: u32,
    /// The pause, in milliseconds.
    pause: u32,
}

impl Default for List {
    fn default() -> Self {
        Self { open: false, messages: Vec::new(), rounds: 10, pause: 1000 }
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
        self.messages.push(draft.clone());
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
                    ui.add_enabled_ui(!self.messages.is_empty(), |ui| {
                        if look.button(ui, ICON_PLAY_ARROW, &look.say(&text!("ui-list-start"))).on_hover_text(tip).clicked() {
                            asked = Some(self.command(to));
                        }
                    });
                }
                if let Some(words) = progress(&line.sending) {
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
        let mut away = None;
        let area = ScrollArea::vertical().id_salt("send list").max_height(LINE * SEEN as f32).auto_shrink([false, true]);
        area.show_rows(ui, LINE, self.messages.len(), |ui, range| {
            for place in range {
                let Some(draft) = self.messages.get(place) else { continue };
                ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), LINE), Layout::right_to_left(Align::Center), |ui| {
                    ui.add_space(theme::EDGE);
                    ui.add_enabled_ui(!under_way, |ui| {
                        let name = look.say(&text!("ui-list-remove", number = place + 1));
                        if look.icon_button(ui, ICON_CLOSE, &name).clicked() {
                            away = Some(place);
                        }
                    });
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add_space(theme::EDGE);
                        look.secondary(ui, format!("{}", place + 1));
                        look.secondary(ui, look.say(&super::form_name(draft.form)));
                        let words = format!("{}{}", draft.text.replace('\n', "↵"), draft.ending.characters().escape_default());
                        ui.add(egui::Label::new(RichText::new(words).font(theme::mono(12.0))).truncate());
                    });
                });
            }
        });
        if let Some(place) = away {
            self.messages.remove(place);
        }
    }

    fn command(&self, to: &SendTo) -> Command {
        // What was taken in could be sent, and is not changed.
        let messages = self.messages.iter().filter_map(|draft| draft.data().ok()).collect();
        Command::SendList(SendList { to: to.clone(), messages, rounds: self.rounds, every: Duration::from_millis(self.pause.into()) })
    }
}

/// How far the list is.
fn progress(sending: &Sending) -> Option<Message> {
    let list = sending.list?;
    let (done, all) = (list.done.to_string(), list.all.to_string());
    Some(if list.is_under_way { text!("ui-list-progress", done = done, all = all) } else { text!("ui-list-done", done = done, all = all) })
}
