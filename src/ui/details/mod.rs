//! The details of the chosen row: whose call it was, what came back, what an errno means, and the bytes.

mod bytes;
mod characters;
mod facts;

use egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Stroke, Ui};
use egui_material_icons::icons::{ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CANCEL, ICON_CLOSE, ICON_LIGHTBULB};

use super::errno;
use super::log::{Log, row};
use super::look::Look;
use super::scene::Scene;
use super::theme;
use crate::text;
use crate::trace::{Errno, Record};

pub(crate) use self::bytes::Form;

/// Draws the details of the row chosen in `log`.
pub(crate) fn show(ui: &mut Ui, log: &mut Log, form: &mut Form, scene: &Scene, look: &Look) {
    let Some(n) = log.chosen else { return };
    head(ui, n, log, look);
    let record = scene.store.rows_at(&[n]).into_iter().next().flatten();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 14, right: 14, top: 2, bottom: 12 }).show(ui, |ui| {
            ui.set_width(ui.available_width());
            match record {
                Some(record) => body(ui, &record, form, scene, look),
                None => drop(ui.label(look.say(&scene.missing(n)))),
            }
        });
    });
}

fn head(ui: &mut Ui, n: u64, log: &mut Log, look: &Look) {
    Frame::new().inner_margin(Margin::symmetric(12, 9)).show(ui, |ui| {
        ui.horizontal(|ui| {
            look.heading(ui, &text!("ui-details-row", row = n.to_string()));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                if look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-details-close"))).clicked() {
                    log.chosen = None;
                }
                if look.icon_button(ui, ICON_ARROW_DOWNWARD, &look.say(&text!("ui-details-next"))).clicked() {
                    log.step(1);
                }
                if look.icon_button(ui, ICON_ARROW_UPWARD, &look.say(&text!("ui-details-previous"))).clicked() {
                    log.step(-1);
                }
            });
        });
    });
}

fn body(ui: &mut Ui, record: &Record, form: &mut Form, scene: &Scene, look: &Look) {
    ui.label(RichText::new(row::call(record, look)).font(theme::mono(14.0)));
    ui.add_space(2.0);
    facts::show(ui, record, &scene.names, look);
    if let Some(errno) = record.errno() {
        card(ui, record, errno, look);
    }
    if let Some(payload) = &record.payload {
        bytes::show(ui, record, payload, form, look);
    }
}

/// What failed, in a red frame: the errno, the call, what it means.
fn card(ui: &mut Ui, record: &Record, errno: Errno, look: &Look) {
    let roles = look.roles;
    ui.add_space(8.0);
    let frame = Frame::new().stroke(Stroke::new(1.0, roles.error)).corner_radius(theme::CARD);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        Frame::new().fill(roles.error_soft).corner_radius(theme::CARD).inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(16.0)).color(roles.error));
                ui.label(RichText::new(errno.name()).font(theme::mono(13.0)).color(roles.error));
                ui.label(RichText::new(errno.code().to_string()).font(theme::mono(12.0)).color(roles.text2));
            });
        });
        Frame::new().inner_margin(Margin::same(10)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let call = row::call(record, look);
            let meaning = match errno::short(errno) {
                Some(meaning) => text!("ui-details-failed", call = call, meaning = meaning),
                None => text!("ui-details-failed-unknown", call = call),
            };
            ui.label(look.say(&meaning));
            if let Some(advice) = errno::advice(errno) {
                ui.add_space(6.0);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 6.0;
                    ui.label(RichText::new(ICON_LIGHTBULB.codepoint).font(theme::icon(15.0)).color(roles.text2));
                    ui.add(egui::Label::new(RichText::new(look.say(&advice)).color(roles.text2)).wrap());
                });
            }
        });
    });
}
