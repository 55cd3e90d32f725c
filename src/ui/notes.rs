//! What was told outside of any field or row. What went wrong stands in a strip above the status bar until it is put away; what finished is told
//! in the status bar for a while, where it is in nobody's way. All of it can be read again in a list.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use egui::{Frame, Label, Margin, Panel, RichText, Ui};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_CANCEL, ICON_CHECK_CIRCLE, ICON_CLOSE, ICON_CONTENT_COPY, ICON_INFO};

use super::look::Look;
use super::scene::{Phase, Scene};
use super::theme;
use crate::text;
use crate::text::Message;
use crate::trace::ProgramId;

/// How many are shown at once; the oldest give way.
const MOST: usize = 3;
/// How many can be read again.
const KEPT: usize = 200;
/// How long the status bar tells what finished.
const WHILE: Duration = Duration::from_secs(8);

/// Something that was told.
#[derive(Clone, Debug)]
struct Note {
    message: Message,
    failed: bool,
    /// The time of day, in hours, minutes and seconds.
    at: String,
}

impl Note {
    fn mark(&self, look: &Look) -> (MaterialIcon, egui::Color32) {
        if self.failed { (ICON_CANCEL, look.roles.error) } else { (ICON_CHECK_CIRCLE, look.roles.ok) }
    }
}

/// What was told.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// What stands in the strip.
    strip: Vec<Message>,
    /// All, the newest last.
    told: VecDeque<Note>,
    /// Why a key did nothing, and until when the status bar tells it.
    hint: Option<(Message, Instant)>,
    /// Until when the status bar tells the newest.
    until: Option<Instant>,
    /// The programs as they were last, for what finished since.
    phases: Vec<(String, Phase, Option<ProgramId>)>,
    /// Whether it was told that no row comes any more.
    broken: bool,
}

impl Notes {
    /// Tells what went wrong, until it is put away.
    pub(crate) fn say(&mut self, note: Message) {
        self.strip.retain(|known| *known != note);
        self.strip.push(note.clone());
        let over = self.strip.len().saturating_sub(MOST);
        self.strip.drain(..over);
        self.keep(note, true);
        self.until = None;
    }

    /// Tells what finished, for a while.
    pub(crate) fn done(&mut self, note: Message) {
        self.brief(note, false);
    }

    /// Tells for a while why a key did nothing. That is of no use later: the list has none of it.
    pub(crate) fn hint(&mut self, note: Message) {
        self.hint = Some((note, Instant::now() + WHILE));
    }

    fn brief(&mut self, note: Message, failed: bool) {
        self.keep(note, failed);
        self.until = Some(Instant::now() + WHILE);
    }

    fn keep(&mut self, message: Message, failed: bool) {
        let at = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
        self.told.push_back(Note { message, failed, at });
        if self.told.len() > KEPT {
            self.told.pop_front();
        }
    }

    /// Puts the strip away. What was told can still be read in the list.
    pub(crate) fn clear(&mut self) {
        self.strip.clear();
        self.phases.clear();
        self.broken = false;
    }

    /// Tells which programs have come to their end since the last frame.
    pub(crate) fn watch(&mut self, scene: &Scene) {
        if let Some(said) = scene.broken.as_deref().filter(|_| !self.broken) {
            self.broken = true;
            self.say(text!("ui-note-recorder", said = said));
        }
        let phases = scene.programs.iter().map(|line| (line.spec.name.clone(), line.phase, line.id)).collect::<Vec<_>>();
        let before = std::mem::replace(&mut self.phases, phases);
        for line in &scene.programs {
            let name = line.spec.name.as_str();
            // A run may begin and end between two frames.
            let ran = before.iter().any(|(known, phase, id)| known == name && (*phase, *id) != (line.phase, line.id));
            match (line.phase, &line.failure) {
                (Phase::Ended, _) if ran => self.done(text!("ui-note-ended", program = name)),
                (Phase::Failed, Some(failure)) if ran => {
                    self.brief(text!("ui-note-failed", program = name, failure = failure.clone()), true);
                }
                _ => {}
            }
        }
    }

    /// How many were told.
    pub(crate) fn count(&self) -> usize {
        self.told.len()
    }

    /// Draws in the status bar what finished a moment ago; returns whether there was anything.
    pub(crate) fn newest(&self, ui: &mut Ui, look: &Look) -> bool {
        let left = |until: Instant| until.checked_duration_since(Instant::now());
        let hint = self.hint.as_ref().and_then(|(hint, until)| Some((left(*until)?, (ICON_INFO, look.roles.text2), hint)));
        let note = || Some((left(self.until?)?, self.told.back()?)).map(|(left, note)| (left, note.mark(look), &note.message));
        let Some((left, (icon, colour), message)) = hint.or_else(note) else { return false };
        ui.ctx().request_repaint_after(left);
        ui.label(RichText::new(icon.codepoint).font(theme::icon(14.0)).color(colour));
        let words = look.say(message);
        ui.add(Label::new(RichText::new(&words).font(theme::plain(12.0))).truncate()).on_hover_text(words);
        true
    }

    /// Draws the strip, where there is anything to tell.
    pub(crate) fn show(&mut self, ui: &mut Ui, look: &Look) {
        if self.strip.is_empty() {
            return;
        }
        let frame = Frame::new().fill(look.roles.error_soft).inner_margin(Margin::symmetric(12, 4));
        Panel::bottom("notes").resizable(false).frame(frame).show(ui, |ui| {
            let mut away = None;
            for (place, note) in self.strip.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(14.0)).color(look.roles.error));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-note-away"))).clicked() {
                            away = Some(place);
                        }
                        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                            ui.add(Label::new(look.say(note)).wrap());
                        });
                    });
                });
            }
            if let Some(place) = away {
                self.strip.remove(place);
            }
        });
    }

    /// Draws all that was told, the newest first.
    pub(crate) fn list(&self, ui: &mut Ui, look: &Look) {
        if self.told.is_empty() {
            look.secondary(ui, look.say(&text!("ui-note-none")));
        }
        for note in self.told.iter().rev() {
            let words = look.say(&note.message);
            ui.horizontal_top(|ui| {
                let (icon, colour) = note.mark(look);
                ui.label(RichText::new(icon.codepoint).font(theme::icon(14.0)).color(colour));
                ui.label(RichText::new(&note.at).font(theme::mono(12.0)).color(look.roles.text2));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                    if look.icon_button(ui, ICON_CONTENT_COPY, &look.say(&text!("ui-note-copy"))).clicked() {
                        ui.ctx().copy_text(format!("{} {words}", note.at));
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Min), |ui| ui.add(Label::new(&words).wrap()));
                });
            });
        }
    }
}
