//! The messages a client sends by itself, one row each: what, how often, in which pace, and whether a reply is waited for.

use egui::{Checkbox, Id, Modal, RichText, Ui, vec2};
use egui_material_icons::icons::{ICON_ADD, ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CHECK, ICON_CLOSE};

use super::rows::{choice, entry, label, row, show_error};
use super::stated::Way;
use super::{Form, Hold};
use crate::lab::{SENDING, Setting, field};
use crate::program::{Data, Outgoing};
use crate::text;
use crate::text::Message;
use crate::ui::look::Look;
use crate::ui::theme;

/// The list while it is edited: what is wrong stays as it was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Sending {
    entries: Vec<Entry>,
    /// The list that the entries stand for.
    of: Vec<Outgoing>,
    open: bool,
}

/// A message as it is typed.
#[derive(Clone, Debug, Default)]
struct Entry {
    way: Way,
    data: String,
    repeat: String,
    every: String,
    wait_reply: bool,
    /// What is wrong with the data, the number of turns and the pause.
    errors: [Option<Message>; 3],
}

impl Sending {
    /// The list of a program.
    fn new(of: &[Outgoing]) -> Self {
        Self { entries: of.iter().map(Entry::new).collect(), of: of.to_vec(), open: false }
    }

    /// The first thing that is wrong.
    pub(super) fn error(&self) -> Option<&Message> {
        self.entries.iter().flat_map(|entry| &entry.errors).flatten().next()
    }

    /// What the entries state; none while something is wrong.
    fn read(&mut self) -> Option<Vec<Outgoing>> {
        let read = self.entries.iter_mut().map(Entry::read).collect::<Vec<_>>();
        read.into_iter().collect()
    }
}

impl Entry {
    fn new(outgoing: &Outgoing) -> Self {
        let (way, data) = Way::of(&outgoing.data);
        let of = |key: &str| {
            let setting = SENDING.iter().find(|field| field.key == key).and_then(|field| (field.get)(outgoing));
            setting.map(|setting| setting.to_text()).unwrap_or_default()
        };
        Self { way, data, repeat: of("repeat"), every: of("every"), wait_reply: outgoing.wait_reply, errors: Default::default() }
    }

    /// The message; none where something is wrong, which is then known.
    fn read(&mut self) -> Option<Outgoing> {
        let data = self.way.read(&self.data);
        let typed = |key: &str, text: &str| match SENDING.iter().find(|field| field.key == key) {
            Some(field) if !text.trim().is_empty() => field.typed(text.trim()).map(|setting| Some((field, setting))),
            _ => Ok(None),
        };
        let (repeat, every) = (typed("repeat", &self.repeat), typed("every", &self.every));
        self.errors = [data.as_ref().err().cloned(), repeat.as_ref().err().cloned(), every.as_ref().err().cloned()];
        let mut outgoing = Outgoing::new(data.ok()?);
        for (field, setting) in [repeat.ok()?, every.ok()?].into_iter().flatten() {
            (field.set)(&mut outgoing, setting);
        }
        outgoing.wait_reply = self.wait_reply;
        Some(outgoing)
    }
}

/// The row of the form, which opens the list.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let Some(field) = field(form.spec().kind, "send") else { return };
    let now = form.spec().send.clone();
    let mut sending = form.drafts.sending().cloned().unwrap_or_default();
    if sending.of != now && sending.error().is_none() {
        sending = Sending { open: sending.open, ..Sending::new(&now) };
    }
    let name = look.say(&label("send"));
    row(ui, &name, &look.say(&(field.sentence)()), look, |ui, width| {
        let words = look.say(&text!("ui-sending-count", count = sending.entries.len()));
        let button = egui::Button::new(RichText::new(&words).font(theme::plain(12.0))).truncate().min_size(vec2(width, theme::FIELD));
        let response = ui.add_enabled(form.hold != Hold::Fixed, button);
        let spoken = look.say(&text!("ui-sending-edit", messages = words));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, form.hold != Hold::Fixed, &spoken));
        if form.drafts.is_wanted("send") {
            sending.open = sending.error().is_some();
            response.request_focus();
        }
        sending.open |= response.on_hover_text(spoken).clicked();
    });
    if let Some(error) = sending.error().cloned().or_else(|| form.wrong("send")) {
        show_error(ui, &error, look);
    }
    if sending.open {
        edit(ui, &mut sending, form.hold, look);
        if let Some(send) = sending.read()
            && send != now
        {
            sending.of.clone_from(&send);
            form.edit(|spec| spec.send = send);
        }
    }
    form.drafts.set_sending(sending);
}

/// The list itself.
fn edit(ui: &Ui, sending: &mut Sending, hold: Hold, look: &Look) {
    let modal = Modal::new(Id::unique("sending")).show(ui.ctx(), |ui| {
        ui.set_width(620.0);
        ui.label(RichText::new(look.say(&text!("ui-sending-title"))).font(theme::strong(15.0)));
        look.secondary(ui, look.say(&text!("ui-sending-how")));
        if hold == Hold::UntilRestart {
            look.secondary(ui, look.say(&text!("ui-form-locked-tip")));
        }
        let mut change = None;
        egui::ScrollArea::vertical().max_height(360.0).auto_shrink([false, true]).show(ui, |ui| {
            let last = sending.entries.len().saturating_sub(1);
            for (place, entry) in sending.entries.iter_mut().enumerate() {
                ui.push_id(place, |ui| show_entry(ui, entry, place, last, look, &mut change));
            }
        });
        match change {
            Some(Change::Swap(one, other)) => sending.entries.swap(one, other),
            Some(Change::Remove(place)) => drop(sending.entries.remove(place)),
            None => {}
        }
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if look.button(ui, ICON_ADD, &look.say(&text!("ui-sending-add"))).clicked() {
                sending.entries.push(Entry::new(&Outgoing::new(Data::Text("hello".to_owned()))));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if look.button(ui, ICON_CHECK, &look.say(&text!("ui-sending-done"))).clicked() {
                    ui.close();
                }
            });
        });
    });
    sending.open = !modal.should_close();
}

/// What is done to the list.
enum Change {
    Swap(usize, usize),
    Remove(usize),
}

fn show_entry(ui: &mut Ui, entry_of: &mut Entry, place: usize, last: usize, look: &Look, change: &mut Option<Change>) {
    let number = place + 1;
    let named = |what: Message| look.say(&text!("ui-sending-field", what = what, number = number));
    let errors = entry_of.errors.clone();
    let wrong = |place: usize| errors.get(place).is_some_and(Option::is_some);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let ways = Way::words(look);
        let new = choice(ui, "way", &named(text!("ui-sending-way")), 62.0, &entry_of.way, &ways, Hold::Free);
        entry_of.way = new.unwrap_or(entry_of.way);
        entry(ui, &mut entry_of.data, &named(text!("ui-sending-data")), "", 210.0, wrong(0), Hold::Free, look)
            .on_hover_text(look.say(&text!("ui-sending-data-tip")));
        look.secondary(ui, "×");
        entry(ui, &mut entry_of.repeat, &named(text!("ui-sending-repeat")), "1", 44.0, wrong(1), Hold::Free, look)
            .on_hover_text(look.say(&text!("ui-sending-repeat-tip")));
        look.secondary(ui, look.say(&text!("ui-sending-every")));
        entry(ui, &mut entry_of.every, &named(text!("ui-sending-every")), "0s", 48.0, wrong(2), Hold::Free, look)
            .on_hover_text(look.say(&text!("ui-sending-every-tip")));
        let words = RichText::new(look.say(&text!("ui-sending-wait"))).font(theme::plain(12.0));
        ui.add(Checkbox::new(&mut entry_of.wait_reply, words)).on_hover_text(look.say(&text!("ui-sending-wait-tip")));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if look.icon_button(ui, ICON_CLOSE, &named(text!("ui-sending-remove"))).clicked() {
                *change = Some(Change::Remove(place));
            }
            ui.add_enabled_ui(place < last, |ui| {
                if look.icon_button(ui, ICON_ARROW_DOWNWARD, &named(text!("ui-sending-down"))).clicked() {
                    *change = Some(Change::Swap(place, place + 1));
                }
            });
            ui.add_enabled_ui(place > 0, |ui| {
                if look.icon_button(ui, ICON_ARROW_UPWARD, &named(text!("ui-sending-up"))).clicked() {
                    *change = Some(Change::Swap(place, place - 1));
                }
            });
        });
    });
    for error in errors.iter().flatten() {
        show_error(ui, error, look);
    }
}

/// The errors that belong to the lesson: names with commas or spaces between them.
pub(super) fn expected(typed: &str) -> String {
    let names = typed.split([',', ' ', '，', '"', '[', ']']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    Setting::Names(names).to_toml()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_message_reads_back_as_it_is_shown() {
        for data in [Data::Text("再见\n".to_owned()), Data::Text("\\".to_owned()), Data::Hex(vec![0, 255]), Data::File("x.bin".into())] {
            let outgoing = Outgoing { repeat: 3, every: Duration::from_millis(10), wait_reply: false, ..Outgoing::new(data) };
            assert_eq!(Entry::new(&outgoing).read(), Some(outgoing));
        }
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let mut entry =
            Entry { way: Way::Hex, data: "0g".to_owned(), repeat: "0".to_owned(), every: "soon".to_owned(), ..Entry::default() };
        assert_eq!(entry.read(), None);
        assert!(entry.errors.iter().all(Option::is_some), "{:?}", entry.errors);
    }

    #[test]
    fn names_are_typed_without_brackets() {
        assert_eq!(expected("ECONNREFUSED, EPIPE"), r#"["ECONNREFUSED", "EPIPE"]"#);
        assert_eq!(expected(""), "[]");
    }
}
