//! The card that explains a call that failed: what it means here, who has what it wanted, what to try; with buttons where the lab can do that.

use egui::{Frame, Grid, Label, Margin, RichText, Stroke, Ui};
use egui_material_icons::icons::{ICON_CANCEL, ICON_CLOSE, ICON_HELP, ICON_INFO, ICON_LIGHTBULB};

use crate::lab::{Cause, Certainty, Remedy};
use crate::net;
use crate::program::Role;
use crate::text;
use crate::trace::failure::{Failures, Holder};
use crate::trace::{Elsewhere, Errno, Record};
use crate::ui::command::{Action, Actions};
use crate::ui::errno;
use crate::ui::log::row;
use crate::ui::look::{Look, named};
use crate::ui::scene::{ProgramLine, Scene};
use crate::ui::theme;

/// How many causes a card tells.
const MOST_CAUSES: usize = 3;

/// What was pressed on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// Put it away.
    Dismiss,
    /// Go to this row.
    Row(u64),
}

/// What a card is about.
pub(super) struct Card<'a> {
    pub(super) record: &'a Record,
    pub(super) errno: Errno,
    pub(super) holder: Option<&'a Holder>,
    pub(super) failures: &'a Failures,
    /// Why it failed, the likeliest first; the last says what the errno means.
    pub(super) causes: &'a [Cause],
}

impl Card<'_> {
    /// Draws it.
    pub(super) fn show(&self, ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) -> Option<Pressed> {
        let roles = look.roles;
        let mut pressed = None;
        Frame::new().stroke(Stroke::new(1.0, roles.error)).corner_radius(theme::CARD).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            Frame::new().fill(roles.error_soft).corner_radius(theme::CARD).inner_margin(Margin::symmetric(10, 2)).show(ui, |ui| {
                pressed = self.head(ui, look);
            });
            Frame::new().inner_margin(Margin::same(10)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 6.0;
                self.words(ui, scene, look);
                pressed = self.buttons(ui, scene, look, actions).or(pressed);
                if ui.data(|data| data.get_temp(elsewhere())).unwrap_or(false) {
                    self.elsewhere(ui, look);
                }
            });
        });
        pressed
    }

    fn head(&self, ui: &mut Ui, look: &Look) -> Option<Pressed> {
        let roles = look.roles;
        let mut pressed = None;
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(16.0)).color(roles.error));
            ui.label(RichText::new(self.errno.name()).font(theme::mono(13.0)).color(roles.error));
            let row = look.say(&text!("ui-card-row", row = self.record.n.to_string()));
            let width = |words: &str, font| ui.painter().layout_no_wrap(words.to_owned(), font, roles.text2).size().x;
            // The number of the errno matters less than the way to its row.
            let code = self.errno.code().to_string();
            let buttons = 2.0 * ui.spacing().interact_size.x;
            if width(&code, theme::mono(12.0)) + width(&row, theme::plain(12.0)) + buttons + 24.0 <= ui.available_width() {
                ui.label(RichText::new(code).font(theme::mono(12.0)).color(roles.text2));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-card-dismiss"))).clicked() {
                    pressed = Some(Pressed::Dismiss);
                }
                let shown = ui.data(|data| data.get_temp(elsewhere())).unwrap_or(false);
                if look.icon_toggle(ui, ICON_INFO, shown, &look.say(&text!("ui-card-elsewhere"))).clicked() {
                    ui.data_mut(|data| data.insert_temp(elsewhere(), !shown));
                }
                if link(ui, &row, look) {
                    pressed = Some(Pressed::Row(self.record.n));
                }
            });
        });
        pressed
    }

    fn words(&self, ui: &mut Ui, scene: &Scene, look: &Look) {
        let call = row::call(self.record, look);
        let meaning = match errno::short(self.errno) {
            Some(meaning) => text!("ui-details-failed", call = call, meaning = meaning),
            None => text!("ui-details-failed-unknown", call = call),
        };
        ui.add(Label::new(look.say(&meaning)).wrap());
        let causes = self.causes.split_last().map_or(&[][..], |(_, causes)| causes);
        for cause in causes.iter().take(MOST_CAUSES) {
            let rank = match cause.certainty {
                Certainty::Seen => text!("ui-card-cause"),
                Certainty::Likely => text!("ui-card-likely"),
                Certainty::Possible => text!("ui-card-perhaps"),
            };
            line(ui, ICON_HELP.codepoint, &look.say(&rank), &look.say(&cause.says), look);
        }
        if let (Some(call), Some(args)) = (self.record.call(), self.record.args()) {
            let net::Meaning { says, advises } = self.holding(scene).unwrap_or_else(|| net::meaning(call, self.errno, args));
            // Not every error has a remedy: then it is only said what it means.
            let (icon, what) = if advises { (ICON_LIGHTBULB, text!("ui-card-try")) } else { (ICON_INFO, text!("ui-card-means")) };
            line(ui, icon.codepoint, &look.say(&what), &look.say(&says), look);
        }
    }

    /// What to try where a socket of this lab is known to have the address: that is shorter than all that may be.
    fn holding(&self, scene: &Scene) -> Option<net::Meaning> {
        let holder = self.holder.filter(|holder| self.errno.is("EADDRINUSE") && holder.listening.is_some())?;
        let program = scene.names.program_name(holder.program);
        Some(net::Meaning { says: text!("ui-card-try-listening", program = program, socket = holder.socket.to_string()), advises: true })
    }

    /// What the error is called where a student meets it too.
    fn elsewhere(&self, ui: &mut Ui, look: &Look) {
        let Some(Elsewhere { python, rust, windows }) = self.errno.elsewhere() else { return };
        let none = || look.say(&text!("ui-card-not-there"));
        let rust = rust.map(|kind| format!("{kind:?}")).filter(|kind| kind != "Uncategorized");
        let lines = [
            ("Python", Some(python.to_owned())),
            ("Rust", Some(rust.unwrap_or_else(|| look.say(&text!("ui-card-no-kind"))))),
            ("Windows", windows),
        ];
        Grid::new("elsewhere").num_columns(2).spacing([10.0, 2.0]).show(ui, |ui| {
            for (system, name) in lines {
                ui.label(RichText::new(system).font(theme::plain(12.0)).color(look.roles.text2));
                ui.add(Label::new(RichText::new(name.unwrap_or_else(none)).font(theme::mono(12.0))).selectable(true).wrap());
                ui.end_row();
            }
        });
    }

    /// What the lab can do about it, and the rows that show the causes.
    fn buttons(&self, ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) -> Option<Pressed> {
        let mut pressed = None;
        ui.horizontal_wrapped(|ui| {
            if !scene.is_recorded() {
                self.acts(ui, scene, look, actions);
            }
            for row in self.causes.iter().take(MOST_CAUSES).flat_map(|cause| &cause.rows) {
                if link(ui, &look.say(&text!("ui-card-to-row", row = row.to_string())), look) {
                    pressed = Some(Pressed::Row(*row));
                }
            }
        });
        pressed
    }

    fn acts(&self, ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) {
        let name = scene.names.program_name(self.record.program);
        let mine = scene.program(&name);
        let theirs = self.holder.and_then(|holder| scene.program(&scene.names.program_name(holder.program)));
        if self.errno.is("EADDRINUSE") {
            if let Some((line, port)) = mine.and_then(|line| Some((line, self.free_port(scene, line)?))) {
                let words = look.say(&text!("ui-card-use-port", port = port.to_string()));
                let tip = look.say(&text!("ui-card-use-port-tip", program = name.as_str()));
                if button(ui, &words, &tip) {
                    actions.extend(with_port(line, port));
                }
            }
            if let Some(line) = theirs.filter(|line| line.phase.is_running() && line.id == self.holder.map(|holder| holder.program)) {
                let words = look.say(&text!("ui-card-stop", program = line.spec.name.as_str()));
                if button(ui, &words, &look.say(&text!("ui-card-stop-tip"))) {
                    actions.push(Action::Stop(line.spec.name.clone()));
                }
            }
            let is_free = self.holder.is_none_or(|_| theirs.is_none_or(|line| !line.phase.is_running()));
            Self::again(ui, mine.filter(|_| is_free), look, actions);
        }
        if self.errno.is("ECONNREFUSED") {
            let server = self.server(scene);
            if let Some(line) = server.filter(|line| !line.phase.is_running()) {
                let words = look.say(&text!("ui-card-start", program = line.spec.name.as_str()));
                if button(ui, &words, &look.say(&text!("ui-card-start-tip"))) {
                    actions.push(Action::Start(line.spec.name.clone()));
                }
            }
            Self::again(ui, mine.filter(|_| server.is_none_or(|line| line.phase.is_running())), look, actions);
        }
        let remedies = self.causes.iter().take(MOST_CAUSES).flat_map(|cause| &cause.remedies);
        remedies.for_each(|remedy| self.remedy(ui, scene, remedy, look, actions));
    }

    /// The button for a remedy, where the program is one of the lab as it stands.
    fn remedy(&self, ui: &mut Ui, scene: &Scene, remedy: &Remedy, look: &Look, actions: &mut Actions) {
        let (Remedy::Option(program, ..) | Remedy::Bind(program, _) | Remedy::Stop(program)) = remedy;
        let Some(line) = scene.program(&scene.names.program_name(*program)) else { return };
        let (name, mut spec) = (line.spec.name.as_str(), line.spec.clone());
        let words = match remedy {
            Remedy::Option(_, option, value) => {
                spec.options.retain(|(known, _)| known.name != option.name);
                spec.options.push((option, value.clone()));
                text!("ui-card-set", option = option.name, value = value.to_string(), program = name)
            }
            Remedy::Bind(_, address) => {
                let Some(bind) = &mut spec.bind else { return };
                bind.set_ip(*address);
                text!("ui-card-bind", address = address.to_string(), program = name)
            }
            // Who has the address has its button above.
            Remedy::Stop(_) if self.holder.is_some() || !line.phase.is_running() => return,
            Remedy::Stop(_) => text!("ui-card-stop", program = name),
        };
        if spec == line.spec && !matches!(remedy, Remedy::Stop(_))
            || !button(ui, &look.say(&words), &look.say(&text!("ui-card-remedy-tip")))
        {
            return;
        }
        match remedy {
            Remedy::Stop(_) => actions.push(Action::Stop(name.to_owned())),
            _ if line.phase.is_running() => actions.push(Action::RestartWith(Box::new(spec))),
            _ => actions.extend([Action::Edit(name.to_owned(), Box::new(spec)), Action::Start(name.to_owned())]),
        }
    }

    fn again(ui: &mut Ui, line: Option<&ProgramLine>, look: &Look, actions: &mut Actions) {
        if let Some(line) = line.filter(|line| !line.phase.is_running()) {
            let words = look.say(&text!("ui-card-again", program = line.spec.name.as_str()));
            if button(ui, &words, &look.say(&text!("ui-card-again-tip"))) {
                actions.push(Action::Start(line.spec.name.clone()));
            }
        }
    }

    /// The server of this lab that is meant to have the address which refused.
    fn server<'a>(&self, scene: &'a Scene) -> Option<&'a ProgramLine> {
        let wanted = match self.record.args() {
            Some(crate::trace::Args::Address(address)) => address.ip()?,
            _ => return None,
        };
        let serves =
            |line: &&ProgramLine| line.spec.kind.role() == Role::Server && line.spec.bind.is_some_and(|bind| bind.port() == wanted.port());
        scene.programs.iter().find(serves)
    }

    /// The next port that nobody of this lab has or is to have.
    fn free_port(&self, scene: &Scene, line: &ProgramLine) -> Option<u16> {
        let bind = line.spec.bind.filter(|bind| bind.port() > 0 && !line.phase.is_running() && line.spec.kind.role() == Role::Server)?;
        let planned = |port: u16| scene.programs.iter().any(|other| other.spec.bind.is_some_and(|other| other.port() == port));
        (bind.port().checked_add(1)?..=u16::MAX).find(|port| !planned(*port) && !self.failures.is_taken(*port))
    }
}

/// Where it is remembered whether cards say what errors are called elsewhere.
fn elsewhere() -> egui::Id {
    egui::Id::unique("card elsewhere")
}

/// The program with that port, and its start.
fn with_port(line: &ProgramLine, port: u16) -> Vec<Action> {
    let mut spec = line.spec.clone();
    if let Some(bind) = &mut spec.bind {
        bind.set_port(port);
    }
    let name = spec.name.clone();
    vec![Action::Edit(name.clone(), Box::new(spec)), Action::Start(name)]
}

fn line(ui: &mut Ui, icon: &str, what: &str, words: &str, look: &Look) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(icon).font(theme::icon(15.0)).color(look.roles.text2));
        let mut job = egui::text::LayoutJob::default();
        job.append(what, 0.0, crate::ui::look::format(theme::strong(12.0), look.roles.text));
        job.append(words, 5.0, crate::ui::look::format(theme::plain(12.0), look.roles.text2));
        ui.add(Label::new(job).wrap());
    });
}

fn button(ui: &mut Ui, words: &str, tip: &str) -> bool {
    let button = egui::Button::new(RichText::new(words).font(theme::plain(12.0))).min_size(egui::vec2(0.0, theme::BUTTON));
    named(ui.add(button), egui::Role::Button, words).on_hover_text(tip).clicked()
}

/// A link to a row.
pub(super) fn link(ui: &mut Ui, words: &str, look: &Look) -> bool {
    let label = Label::new(RichText::new(words).font(theme::plain(12.0)).color(look.roles.accent)).sense(egui::Sense::click()).extend();
    let response = named(ui.add(label), egui::Role::Link, words);
    look.ring(ui, response.rect.expand(1.0), &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}
