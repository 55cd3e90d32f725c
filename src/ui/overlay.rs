//! What is shown over the window until it is put away: the palette, the keys, what was told, and about. One at a time.

use egui::{Align, Align2, Area, Context, Frame, Id, Layout, Margin, Modal, RichText, ScrollArea, Ui, UiKind, vec2};
use egui_material_icons::icons::ICON_CLOSE;

use super::command::Actions;
use super::look::Look;
use super::notes::Notes;
use super::now::Now;
use super::palette::Palette;
use super::scene::Scene;
use super::{about, keys, sample_list, theme};
use crate::text;
use crate::text::Message;

/// What is shown over the window.
#[derive(Debug)]
pub(crate) enum Overlay {
    /// Search or run a command.
    Palette(Palette),
    /// All keys.
    Keys,
    /// What was told.
    Notices,
    /// All sample labs.
    Samples,
    /// Version and licences.
    About,
}

/// The overlay there is, and what had the keyboard before it.
#[derive(Debug, Default)]
pub(crate) struct Overlays {
    shown: Option<Overlay>,
    before: Option<Id>,
}

impl Overlays {
    /// Shows `overlay`; puts it away where it is shown already.
    pub(crate) fn toggle(&mut self, ctx: &Context, overlay: Overlay) {
        let again = self.shown.as_ref().is_some_and(|shown| std::mem::discriminant(shown) == std::mem::discriminant(&overlay));
        if again {
            self.close(ctx);
            return;
        }
        if self.shown.is_none() {
            self.before = ctx.memory(|memory| memory.focused());
        }
        self.shown = Some(overlay);
    }

    fn close(&mut self, ctx: &Context) {
        self.shown = None;
        if let Some(before) = self.before.take() {
            ctx.memory_mut(|memory| memory.request_focus(before));
        }
    }

    /// Draws the overlay, where there is one.
    pub(crate) fn show(&mut self, ctx: &Context, scene: &Scene, now: &Now, notes: &Notes, look: &Look, actions: &mut Actions) {
        let closed = match &mut self.shown {
            None => return,
            Some(Overlay::Palette(palette)) => palette.show(ctx, scene, now, look, actions),
            Some(Overlay::Keys) => sheet(ctx, "keys", &text!("ui-command-keys"), 760.0, look, |ui| keys::show(ui, look)),
            Some(Overlay::Notices) => sheet(ctx, "notices", &text!("ui-command-notices"), 560.0, look, |ui| notes.list(ui, look)),
            Some(Overlay::Samples) => {
                let mut chosen = false;
                let title = text!("ui-command-samples");
                let closed = sheet(ctx, "samples", &title, 620.0, look, |ui| chosen = sample_list::sheet(ui, scene, look, actions));
                closed || chosen
            }
            Some(Overlay::About) => sheet(ctx, "about", &text!("ui-command-about"), 560.0, look, |ui| about::show(ui, look)),
        };
        if closed {
            self.close(ctx);
        }
    }
}

/// The ground of an overlay.
pub(crate) fn modal(name: &str, look: &Look) -> Modal {
    let frame = Frame::new().fill(look.roles.surface).stroke(egui::Stroke::new(1.0, look.roles.stroke)).corner_radius(theme::CARD);
    Modal::new(Id::unique(("overlay", name))).frame(frame).backdrop_color(theme::BACKDROP)
}

/// The ground of a question, with room around what stands in it.
pub(crate) fn question(name: &str, look: &Look) -> Modal {
    let modal = modal(name, look);
    let frame = modal.frame.unwrap_or_default().inner_margin(Margin::same(18));
    modal.frame(frame)
}

/// The width of a question, and the distances in it.
pub(crate) fn asked(ui: &mut Ui) {
    ui.set_width(420.0_f32.min(ui.ctx().content_rect().width() - 80.0));
    ui.spacing_mut().item_spacing = vec2(8.0, 10.0);
}

/// Where the palette stands: below its field in the top bar.
pub(crate) fn below_top(name: &str) -> Area {
    let id = Id::unique(("overlay", name));
    Modal::default_area(id).kind(UiKind::Modal).anchor(Align2::CENTER_TOP, vec2(0.0, 44.0))
}

/// A titled sheet that scrolls; returns whether it is to be put away.
fn sheet(ctx: &Context, name: &str, title: &Message, width: f32, look: &Look, contents: impl FnOnce(&mut Ui)) -> bool {
    let size = ctx.content_rect().size();
    let response = modal(name, look).show(ctx, |ui| {
        ui.set_width(width.min(size.x - 40.0));
        let mut away = false;
        Frame::new().inner_margin(Margin { left: 16, right: 10, top: 10, bottom: 4 }).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(look.say(title)).font(theme::strong(15.0)));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let close = look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-overlay-close")));
                    if ui.memory(|memory| memory.focused().is_none()) {
                        close.request_focus();
                    }
                    away = close.clicked();
                });
            });
        });
        let height = (size.y - 140.0).max(200.0);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            Frame::new().inner_margin(Margin { left: 16, right: 16, top: 4, bottom: 16 }).show(ui, |ui| {
                ui.set_width(ui.available_width());
                contents(ui);
            });
        });
        away
    });
    response.inner || response.should_close()
}
