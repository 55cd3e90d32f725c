//! The form of the chosen program: its socket, its options, its behaviour. Driven by the table of fields of the lab file.
//!
//! A value that cannot be is told beside its field and changes nothing; a program that runs keeps what it was started with.

mod behaviour;
mod drafts;
mod options;
mod rows;
mod socket;

use egui::{Frame, Margin, Rect, RichText, Stroke, Ui, vec2};
use egui_material_icons::icons::{ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE, ICON_LOCK};

use super::command::{Action, Actions};
use super::counting::Counted;
use super::look::Look;
use super::scene::{ProgramLine, Scene};
use super::theme;
use crate::lab::{Lab, Wrong, fields_of};
use crate::program::Spec;
use crate::text;
use crate::text::Message;

pub(crate) use self::drafts::Drafts;

/// What the groups of the form work on.
struct Form<'form> {
    line: &'form ProgramLine,
    counted: &'form Counted,
    drafts: &'form mut Drafts,
    /// What cannot be run as it stands.
    wrong: Vec<Wrong>,
    /// The program as it is to be after this frame; none while nothing was changed.
    edited: Option<Spec>,
    /// Why nothing can be changed now.
    locked: Option<Message>,
}

impl Form<'_> {
    /// The program as it is now to be.
    fn spec(&self) -> &Spec {
        self.edited.as_ref().unwrap_or(&self.line.spec)
    }

    /// Changes the program.
    fn edit(&mut self, change: impl FnOnce(&mut Spec)) {
        change(self.edited.get_or_insert_with(|| self.line.spec.clone()));
    }

    /// What cannot be run as it stands, beside the field that is to be changed.
    fn wrong(&self, key: &str) -> Option<Message> {
        self.wrong.iter().find(|wrong| wrong.key == key).map(|wrong| wrong.fault.message())
    }

    /// Whether nothing can be changed now.
    fn locked(&self) -> bool {
        self.locked.is_some()
    }
}

/// Draws the form. `open` is whether it is shown whole where there is little room.
pub(crate) fn show(
    ui: &mut Ui,
    scene: &Scene,
    line: &ProgramLine,
    counted: &Counted,
    drafts: &mut Drafts,
    look: &Look,
    actions: &mut Actions,
) {
    drafts.of(&line.spec.name);
    let locked = match (scene.is_recorded(), line.phase.is_running()) {
        (true, _) => Some(text!("ui-form-recorded")),
        (false, true) => Some(text!("ui-form-locked")),
        (false, false) => None,
    };
    if locked.is_some() {
        // What is shown is what it runs with, not what was being typed.
        *drafts = Drafts::default();
    }
    let lab = Lab { programs: scene.programs.iter().map(|line| line.spec.clone()).collect(), ..Lab::default() };
    let mut wrong = lab.check();
    wrong.retain(|wrong| lab.programs.get(wrong.program).is_some_and(|spec| spec.name == line.spec.name));
    let mut form = Form { line, counted, drafts, wrong, edited: None, locked };
    Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        let gap = 10.0;
        let width = ((ui.available_width() - 2.0 * gap) / 3.0).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let why = form.locked.clone();
            let why = why.as_ref();
            card(ui, width, &text!("ui-form-socket"), why, look, |ui, _| socket::show(ui, &mut form, look));
            card(ui, width, &text!("ui-form-options"), why, look, |ui, head| {
                options::heads(ui, head, why.is_some(), look);
                options::show(ui, &mut form, look);
            });
            card(ui, width, &text!("ui-form-behaviour"), why, look, |ui, _| behaviour::show(ui, &mut form, look));
        });
    });
    if let Some(edited) = form.edited {
        actions.push(Action::Edit(line.spec.name.clone(), Box::new(edited)));
    }
}

/// One group of fields.
fn card(ui: &mut Ui, width: f32, title: &Message, locked: Option<&Message>, look: &Look, fields: impl FnOnce(&mut Ui, Rect)) {
    let roles = look.roles;
    let frame = Frame::new().fill(roles.surface).stroke(Stroke::new(1.0, roles.line)).corner_radius(theme::CARD);
    frame.inner_margin(Margin { left: 10, right: 10, top: 7, bottom: 7 }).show(ui, |ui| {
        ui.set_width(width - 22.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            let head = ui.horizontal(|ui| {
                ui.set_min_width(ui.available_width());
                look.heading(ui, title);
                if let Some(why) = locked {
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        let words = look.say(why);
                        ui.spacing_mut().item_spacing.x = 4.0;
                        ui.label(RichText::new(&words).font(theme::plain(11.0)).color(roles.text2));
                        ui.label(RichText::new(ICON_LOCK.codepoint).font(theme::icon(13.0)).color(roles.text2));
                    });
                }
            });
            fields(ui, head.response.rect);
        });
    });
}

/// The form in one line, where there is little room: what differs from the default. Returns whether it was pressed.
pub(crate) fn summary(ui: &mut Ui, line: &ProgramLine, open: bool, look: &Look) -> bool {
    let standard = Spec::new(line.spec.kind, "");
    let mut pressed = false;
    ui.horizontal_centered(|ui| {
        ui.add_space(4.0);
        let icon = if open { ICON_EXPAND_MORE } else { ICON_CHEVRON_RIGHT };
        pressed = look.icon_button(ui, icon, &look.say(&text!("ui-form-fold"))).clicked();
        for field in fields_of(line.spec.kind).filter(|field| !field.required) {
            let setting = (field.get)(&line.spec);
            let named = matches!(field.key, "bind" | "connect");
            if let Some(setting) = setting.filter(|setting| named || (field.get)(&standard).as_ref() != Some(setting)) {
                look.secondary(ui, look.say(&rows::label(field.key)));
                let value = RichText::new(setting.to_text()).font(theme::mono(12.0));
                ui.add(egui::Label::new(value).truncate());
            }
        }
    });
    pressed
}
