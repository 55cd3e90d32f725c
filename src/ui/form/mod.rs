//! The form of the chosen program: its socket, its options, its behaviour. Driven by the table of fields of the lab file.
//!
//! A value that cannot be is told beside its field and changes nothing; a program that runs keeps what it was started with.

mod address;
mod behaviour;
mod drafts;
mod faults;
mod framing;
mod link;
mod manner;
mod option_menu;
mod options;
mod reply;
mod request;
mod rows;
mod rules;
mod sending;
mod socket;
mod stated;
mod tick;
mod transfer;

use std::net::SocketAddr;

use egui::{Frame, Id, Margin, Rect, RichText, Stroke, Ui, Vec2, vec2};
use egui_material_icons::icons::{ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE, ICON_LOCK, ICON_REPLAY, ICON_SCHEDULE, ICON_UNDO};

use super::command::{Action, Actions};
use super::counting::Counted;
use super::look::Look;
use super::scene::{ProgramLine, Scene};
use super::theme;
use crate::lab::{Lab, Surroundings, Wrong, fields_of, live};
use crate::program::Spec;
use crate::text;
use crate::text::Message;

pub(crate) use self::drafts::Drafts;

/// What is known beside the programs themselves.
#[derive(Debug)]
pub(crate) struct Known<'known> {
    /// What was counted.
    pub(crate) counted: &'known Counted,
    /// What surrounds the lab.
    pub(crate) around: &'known Surroundings,
}

/// What the groups of the form work on.
struct Form<'form> {
    line: &'form ProgramLine,
    counted: &'form Counted,
    around: &'form Surroundings,
    /// The lab, with this program as it is to be after a restart.
    lab: Lab,
    /// The addresses of the programs that run.
    running: Vec<(String, SocketAddr)>,
    drafts: &'form mut Drafts,
    /// What cannot be run as it stands.
    wrong: Vec<Wrong>,
    /// The program as it is to be after this frame; none while nothing was changed.
    edited: Option<Spec>,
    /// What becomes of what is changed now.
    hold: Hold,
    /// The field for which a path is to be chosen in a dialog.
    asked: Option<&'static str>,
}

/// What becomes of what is changed in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    /// It is so at once.
    Free,
    /// The program runs: it is so after a restart.
    UntilRestart,
    /// Nothing can be changed: the program was recorded.
    Fixed,
}

impl Hold {
    /// What becomes of what is changed in the program of `line`.
    fn of(scene: &Scene, line: &ProgramLine) -> Self {
        match (scene.is_recorded(), line.phase.is_running()) {
            (true, _) => Self::Fixed,
            (false, true) => Self::UntilRestart,
            (false, false) => Self::Free,
        }
    }

    /// Why a field cannot be changed, and in more words.
    fn messages(self) -> Option<(Message, Message)> {
        match self {
            Self::Free => None,
            Self::UntilRestart => Some((text!("ui-form-locked"), text!("ui-form-locked-tip"))),
            Self::Fixed => Some((text!("ui-form-recorded"), text!("ui-form-recorded-tip"))),
        }
    }
}

impl<'form> Form<'form> {
    /// The form of the program of `line`.
    fn of(scene: &Scene, line: &'form ProgramLine, known: &Known<'form>, drafts: &'form mut Drafts) -> Self {
        let programs = scene.programs.iter().map(|other| match drafts.pending().filter(|pending| pending.name == other.spec.name) {
            Some(pending) => pending.clone(),
            None => other.spec.clone(),
        });
        let lab = Lab { programs: programs.collect(), ..Lab::default() };
        let mut wrong = lab.check();
        wrong.retain(|wrong| lab.programs.get(wrong.program).is_some_and(|spec| spec.name == line.spec.name));
        let local = |line: &ProgramLine| Some((line.spec.name.clone(), line.local.as_ref()?.ip()?));
        let running = scene.programs.iter().filter(|line| line.phase.is_running()).filter_map(local).collect();
        let hold = Hold::of(scene, line);
        Self { line, counted: known.counted, around: known.around, lab, running, drafts, wrong, edited: None, hold, asked: None }
    }

    /// The program as it is now to be.
    fn spec(&self) -> &Spec {
        self.edited.as_ref().or_else(|| self.drafts.pending()).unwrap_or(&self.line.spec)
    }

    /// Changes the program.
    fn edit(&mut self, change: impl FnOnce(&mut Spec)) {
        let mut spec = self.spec().clone();
        change(&mut spec);
        self.edited = Some(spec);
    }

    /// What cannot be run as it stands, beside the field that is to be changed.
    fn wrong(&self, key: &str) -> Option<Message> {
        self.wrong.iter().find(|wrong| wrong.key == key).map(|wrong| wrong.fault.message())
    }
}

/// Draws the form. `open` is whether it is shown whole where there is little room.
pub(crate) fn show(
    ui: &mut Ui,
    scene: &Scene,
    line: &ProgramLine,
    known: &Known<'_>,
    drafts: &mut Drafts,
    look: &Look,
    actions: &mut Actions,
) {
    drafts.of(&line.spec.name);
    if scene.is_recorded() {
        *drafts = Drafts::default();
        drafts.of(&line.spec.name);
    }
    let mut form = Form::of(scene, line, known, drafts);
    Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        cards(ui, &mut form, look);
        restart(ui, &mut form, look, actions);
    });
    actions.extend(form.asked.map(|key| Action::ChoosePath(line.spec.name.clone(), key)));
    match (form.hold, form.edited) {
        (Hold::Fixed, _) => {}
        (Hold::UntilRestart, edited) => hold_back(line, drafts, edited, actions),
        (Hold::Free, edited) => take_over(line, drafts, edited, actions),
    }
}

/// The three groups side by side, each as high as the highest was when it was drawn last.
fn cards(ui: &mut Ui, form: &mut Form<'_>, look: &Look) {
    let (hold, line) = (form.hold, form.line);
    let gap = 10.0;
    let width = ((ui.available_width() - 2.0 * gap) / 3.0).floor();
    let id = Id::unique(("height of the form", &line.spec.name));
    let before = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
    let mut highest = 0.0_f32;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let mut card = |ui: &mut Ui, title, hold, fields: &mut dyn FnMut(&mut Ui, Rect)| {
            highest = highest.max(card(ui, vec2(width, before), &title, hold, look, fields));
        };
        card(ui, text!("ui-form-socket"), hold, &mut |ui, _| socket::show(ui, form, look));
        // Its head line has the heads of columns, and some of its options can be set at any time.
        card(ui, text!("ui-form-options"), Hold::Free, &mut |ui, head| options::show(ui, head, form, look));
        // A link can be changed at any time.
        let behaviour = if hold == Hold::UntilRestart && line.spec.kind.is_link() { Hold::Free } else { hold };
        card(ui, text!("ui-form-behaviour"), behaviour, &mut |ui, _| behaviour::show(ui, form, look));
    });
    if highest != before {
        ui.data_mut(|data| data.insert_temp(id, highest));
        ui.ctx().request_repaint();
    }
}

/// What was changed while the program runs: what may be so at once is, the rest waits for a restart.
fn hold_back(line: &ProgramLine, drafts: &mut Drafts, edited: Option<Spec>, actions: &mut Actions) {
    let Some(edited) = edited else { return };
    let now = live(&line.spec, &edited);
    if now != line.spec {
        actions.push(Action::Edit(line.spec.name.clone(), Box::new(now.clone())));
    }
    drafts.set_pending((edited != now).then_some(edited));
}

/// What was changed while the program does not run, and what waited for a restart: so it is now.
fn take_over(line: &ProgramLine, drafts: &mut Drafts, edited: Option<Spec>, actions: &mut Actions) {
    let Some(edited) = edited.or_else(|| drafts.pending().cloned()) else { return };
    drafts.set_pending(None);
    actions.push(Action::Edit(line.spec.name.clone(), Box::new(edited)));
}

/// What takes effect only after a restart, and what restarts.
fn restart(ui: &mut Ui, form: &mut Form<'_>, look: &Look, actions: &mut Actions) {
    let Some(pending) = form.drafts.pending().filter(|_| form.hold == Hold::UntilRestart).cloned() else { return };
    let line = form.line;
    let changed = fields_of(pending.kind).filter(|field| field.key != "options" && (field.get)(&pending) != (field.get)(&line.spec));
    let mut names = changed.map(|field| look.say(&rows::label(field.key))).collect::<Vec<_>>();
    names.extend(options::differing(&line.spec, &pending).map(str::to_owned));
    let names = names.join(", ");
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.set_min_height(theme::BUTTON);
        let words = look.say(&text!("ui-form-after-restart", fields = names));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let back = look.say(&text!("ui-form-discard"));
            if look.button(ui, ICON_UNDO, &back).on_hover_text(look.say(&text!("ui-form-discard-tip"))).clicked() {
                form.drafts.discard(&line.spec.name);
                form.edited = None;
            }
            let with = look.say(&text!("ui-form-restart-with"));
            let tip = look.say(&text!("ui-form-restart-with-tip", program = line.spec.name.as_str()));
            if look.button(ui, ICON_REPLAY, &with).on_hover_text(tip).clicked() {
                actions.push(Action::RestartWith(Box::new(pending)));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.label(RichText::new(ICON_SCHEDULE.codepoint).font(theme::icon(14.0)).color(look.roles.wait));
                ui.add(egui::Label::new(RichText::new(words).font(theme::plain(12.0)).color(look.roles.wait)).truncate());
            });
        });
    });
}

/// One group of fields, at least so high; returns how high it would be by itself.
fn card(ui: &mut Ui, size: Vec2, title: &Message, hold: Hold, look: &Look, fields: &mut dyn FnMut(&mut Ui, Rect)) -> f32 {
    let roles = look.roles;
    let frame = Frame::new().fill(roles.surface).stroke(Stroke::new(1.0, roles.line)).corner_radius(theme::CARD);
    let inner = frame.inner_margin(Margin { left: 10, right: 10, top: 7, bottom: 7 }).show(ui, |ui| {
        ui.set_width(size.x - 22.0);
        let own = ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            let head = ui.horizontal(|ui| {
                ui.set_min_width(ui.available_width());
                look.heading(ui, title);
                if let Some((why, tip)) = hold.messages() {
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        let words = look.say(&why);
                        ui.spacing_mut().item_spacing.x = 4.0;
                        let tip = look.say(&tip);
                        ui.label(RichText::new(&words).font(theme::plain(11.0)).color(roles.text2)).on_hover_text(tip);
                        ui.label(RichText::new(ICON_LOCK.codepoint).font(theme::icon(13.0)).color(roles.text2));
                    });
                }
            });
            fields(ui, head.response.rect);
        });
        ui.set_min_height(size.y);
        own.response.rect.height()
    });
    inner.inner
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
