//! The window's state.

use egui::{CentralPanel, Frame, Panel, Ui};

use super::details::{self, Form};
use super::log::Log;
use super::look::Look;
use super::scene::Scene;
use super::{fonts, theme};
use crate::text::Language;

/// The application, as a window.
#[derive(Debug)]
pub struct App {
    scene: Scene,
    log: Log,
    form: Form,
    language: Language,
}

impl App {
    /// Gives egui the themes and the fonts, before anything is drawn.
    pub fn setup(ctx: &egui::Context) {
        theme::install(ctx);
        fonts::install(ctx);
    }

    /// A window that shows a recording, or a store that nothing is written to.
    pub fn of_scene(scene: Scene, language: Language) -> Self {
        Self { scene, log: Log::default(), form: Form::default(), language }
    }

    /// Chooses a row.
    pub fn choose(&mut self, n: u64) {
        self.log.choose(n);
    }

    /// Draws.
    pub fn ui(&mut self, ui: &mut Ui) {
        let look = Look::of(ui, self.language);
        self.log.follow_store(&self.scene.store);
        if self.log.chosen.is_some() {
            Panel::right("details").exact_size(306.0).resizable(false).frame(Frame::new().fill(look.roles.panel)).show(ui, |ui| {
                details::show(ui, &mut self.log, &mut self.form, &self.scene, &look);
            });
        }
        CentralPanel::default().frame(Frame::new().fill(look.roles.surface)).show(ui, |ui| self.log.show(ui, &self.scene, &look));
    }
}
