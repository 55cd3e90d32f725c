//! One transfer in full: figures, speed over time, what was asked and granted, and how it ended.

use std::path::PathBuf;

use egui::{Align, Frame, Grid, Label, Layout, Margin, Rect, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_CLOSE, ICON_SAVE_AS};

use super::row::{bar, colour, progress, state};
use super::{bytes, rate};
use crate::program::Received;
use crate::text;
use crate::text::Message;
use crate::trace::notation;
use crate::trace::transfer::{End, Transfer};
use crate::ui::command::{Action, Actions, Command};
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::theme;
use crate::wire::tftp::OptionName;

/// The height of the graph.
const GRAPH: f32 = 64.0;

/// Draws the transfer.
pub(super) fn show(ui: &mut Ui, transfer: &Transfer, (kept, path): (Option<&Received>, &mut String), look: &Look, actions: &mut Actions) {
    Frame::new().inner_margin(Margin { left: 14, right: 14, top: 10, bottom: 12 }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        figures(ui, transfer, look);
        ui.add_space(6.0);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 12.0), Sense::hover());
        let name = format!("{} {}", look.say(&state(transfer)), progress(transfer));
        response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &name));
        bar(ui, rect, transfer, look);
        ui.add_space(6.0);
        counts(ui, transfer, look);
        if let Some(how) = ending(transfer) {
            ui.add_space(8.0);
            let fill = match &transfer.end {
                Some(End::Complete) => look.roles.ok_soft,
                Some(End::Unconfirmed) => look.roles.wait_soft,
                _ => look.roles.error_soft,
            };
            Frame::new().fill(fill).corner_radius(theme::CARD).inner_margin(Margin::symmetric(10, 7)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.add(Label::new(RichText::new(look.say(&how)).font(theme::plain(13.0))).wrap());
            });
        }
        if let Some(kept) = kept {
            ui.add_space(8.0);
            unsaved(ui, kept, path, look, actions);
        }
        ui.add_space(10.0);
        graph(ui, transfer, look);
        ui.add_space(10.0);
        agreed(ui, transfer, look);
    });
}

/// The file is kept: a person says where it goes.
fn unsaved(ui: &mut Ui, kept: &Received, path: &mut String, look: &Look, actions: &mut Actions) {
    let frame =
        Frame::new().stroke(egui::Stroke::new(1.0, look.roles.wait)).corner_radius(theme::CARD).inner_margin(Margin::symmetric(10, 7));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = text!("ui-received-unsaved", name = kept.name.as_str(), bytes = bytes(kept.bytes));
        ui.add(Label::new(RichText::new(look.say(&words)).font(theme::plain(13.0))).wrap());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let [save, discard] = [text!("ui-choose-to"), text!("ui-received-discard")].map(|words| look.say(&words));
            let name = look.say(&text!("ui-received-path"));
            let field =
                TextEdit::singleline(path).font(theme::mono(12.0)).hint_text(&name).desired_width((ui.available_width() - 250.0).max(80.0));
            ui.add(field.margin(Margin::symmetric(6, 4))).accessible_name(&name).on_hover_text(look.say(&text!("ui-received-path-tip")));
            let keys = ui.ctx().format_shortcut(&Command::SaveReceived.row().keys);
            let tip = format!("{} ({keys})", look.say(&text!("ui-command-save-received-tip")));
            if look.button(ui, ICON_SAVE_AS, &save).on_hover_text(tip).clicked() {
                let typed = Some(path.trim()).filter(|path| !path.is_empty()).map(PathBuf::from);
                actions.push(Action::SaveReceived(kept.program, typed));
                path.clear();
            }
            if look.button(ui, ICON_CLOSE, &discard).on_hover_text(look.say(&text!("ui-received-discard-tip"))).clicked() {
                actions.push(Action::DiscardReceived(kept.program));
            }
        });
    });
}

/// How far, how fast, how long: the largest figures of the view.
fn figures(ui: &mut Ui, transfer: &Transfer, look: &Look) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(progress(transfer)).font(theme::strong(24.0)));
        let of = match transfer.size {
            Some(size) => look.say(&text!("ui-transfers-of", done = bytes(transfer.bytes), all = bytes(size))),
            None => transfer.name.clone(),
        };
        look.secondary(ui, of);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(left) = left(transfer) {
                look.secondary(ui, look.say(&text!("ui-transfers-time-left", time = left)));
            }
            ui.label(RichText::new(rate(transfer)).font(theme::strong(18.0)).color(colour(transfer, look)));
        });
    });
}

/// The time until the end, if it goes on as it did.
fn left(transfer: &Transfer) -> Option<String> {
    let (rate, size) = (transfer.rate()?, transfer.size?);
    let seconds = size.saturating_sub(transfer.bytes) as f64 / rate;
    (transfer.end.is_none() && seconds.is_finite()).then(|| format!("{seconds:.1} s"))
}

/// What was counted. What repeats is amber: something was lost or late.
fn counts(ui: &mut Ui, transfer: &Transfer, look: &Look) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut count = |message: Message, tip: Message, value: String, is_odd: bool| {
            let ink = if is_odd { look.roles.wait } else { look.roles.text };
            let words = look.say(&message);
            look.secondary(ui, &words).on_hover_text(look.say(&tip));
            ui.label(RichText::new(value).font(theme::mono(12.0)).color(ink)).on_hover_text(look.say(&tip));
            ui.add_space(12.0);
        };
        let block = transfer.highest;
        count(text!("ui-transfers-block"), text!("ui-transfers-block-tip"), block.to_string(), false);
        if block > u64::from(u16::MAX) {
            count(text!("ui-transfers-wire"), text!("ui-transfers-wire-tip"), (block % 65_536).to_string(), false);
        }
        let elapsed = transfer.last.saturating_sub(transfer.since);
        let elapsed = notation::duration(std::time::Duration::from_nanos(elapsed));
        count(text!("ui-transfers-repeated"), text!("ui-transfers-repeated-tip"), transfer.repeated.to_string(), transfer.repeated > 0);
        count(
            text!("ui-transfers-duplicates"),
            text!("ui-transfers-duplicates-tip"),
            transfer.duplicates.to_string(),
            transfer.duplicates > 0,
        );
        count(text!("ui-transfers-gaps"), text!("ui-transfers-gaps-tip"), transfer.gaps.to_string(), transfer.gaps > 0);
        count(text!("ui-transfers-strays"), text!("ui-transfers-strays-tip"), transfer.strays.to_string(), transfer.strays > 0);
        // What the lab lets happen on purpose is told only where it does.
        for (words, tip, number) in [
            (text!("ui-transfers-dropped"), text!("ui-transfers-dropped-tip"), transfer.dropped),
            (text!("ui-transfers-doubled"), text!("ui-transfers-doubled-tip"), transfer.doubled),
            (text!("ui-transfers-delayed"), text!("ui-transfers-delayed-tip"), transfer.delayed),
        ] {
            if number > 0 {
                count(words, tip, number.to_string(), true);
            }
        }
        count(text!("ui-transfers-elapsed"), text!("ui-transfers-elapsed-tip"), elapsed, false);
    });
}

/// How it ended, in a sentence.
fn ending(transfer: &Transfer) -> Option<Message> {
    Some(match transfer.end.as_ref()? {
        End::Complete => text!("ui-transfers-ended-complete"),
        End::Unconfirmed => text!("ui-transfers-ended-unconfirmed"),
        End::Error { code, words, is_sent: true } => {
            text!("ui-transfers-ended-refused", code = code.number(), words = words.as_str(), meaning = code.meaning())
        }
        End::Error { code, words, is_sent: false } => {
            text!("ui-transfers-ended-was-refused", code = code.number(), words = words.as_str(), meaning = code.meaning())
        }
        End::Left => text!("ui-transfers-ended-left"),
    })
}

/// Bytes a second over time, as steps.
fn graph(ui: &mut Ui, transfer: &Transfer, look: &Look) {
    look.heading(ui, &text!("ui-transfers-speed"));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), GRAPH + 18.0), Sense::hover());
    let name = look.say(&text!("ui-transfers-speed-spoken", rate = rate(transfer)));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    let points = transfer.pace.points();
    let speeds = points.windows(2).filter_map(|pair| {
        let [(before, had), (time, has)] = pair else { return None };
        Some((*before, *time, has.saturating_sub(*had) as f64 * 1e9 / time.saturating_sub(*before).max(1) as f64))
    });
    let speeds = speeds.collect::<Vec<_>>();
    let axis = Rect::from_min_max(pos2(rect.left() + 76.0, rect.top() + 2.0), pos2(rect.right(), rect.top() + GRAPH));
    ui.painter().rect_filled(axis, theme::CORNER, look.roles.sunken);
    let font = || theme::mono(11.0);
    let (Some(most), Some((_, end, _))) = (speeds.iter().map(|(.., speed)| *speed).reduce(f64::max), speeds.last()) else {
        let words = look.say(&text!("ui-transfers-speed-short"));
        paint_line(ui, axis.left() + 10.0, axis.center().y, line_of(&[(&words, theme::plain(12.0), look.roles.text2)], axis.width()));
        return;
    };
    let x = |time: u64| axis.left() + axis.width() * (time as f64 / (*end).max(1) as f64) as f32;
    let (ink, soft) = if transfer.gives { (look.roles.send, look.roles.send_soft) } else { (look.roles.recv, look.roles.recv_soft) };
    for (from, to, speed) in &speeds {
        let top = axis.bottom() - (axis.height() - 4.0) * (speed / most.max(1.0)) as f32;
        ui.painter().rect_filled(Rect::from_min_max(pos2(x(*from), top), pos2(x(*to), axis.bottom())), 0.0, soft);
        ui.painter().hline(x(*from)..=x(*to), top, egui::Stroke::new(1.5, ink));
    }
    let label = |text: String, right: f32, y: f32| paint_line_right(ui, right, y, line_of(&[(&text, font(), look.roles.text2)], 120.0));
    label(format!("{}/s", bytes(most as u64)), axis.left() - 6.0, axis.top() + 6.0);
    label("0".to_owned(), axis.left() - 6.0, axis.bottom() - 6.0);
    label(format!("{:.3} s", *end as f64 / 1e9), axis.right(), axis.bottom() + 10.0);
}

/// The options: what was asked, what was granted, and why.
fn agreed(ui: &mut Ui, transfer: &Transfer, look: &Look) {
    look.heading(ui, &text!("ui-transfers-agreed"));
    ui.add_space(2.0);
    if transfer.asked.is_empty() {
        look.secondary(ui, look.say(&text!("ui-transfers-agreed-none")));
        return;
    }
    ui.spacing_mut().interact_size.y = 18.0;
    Grid::new("agreed").num_columns(4).min_col_width(84.0).spacing([14.0, 4.0]).show(ui, |ui| {
        for head in [text!("ui-transfers-option"), text!("ui-transfers-asked"), text!("ui-transfers-granted"), text!("ui-transfers-why")] {
            look.secondary(ui, look.say(&head));
        }
        ui.end_row();
        for (name, asked) in &transfer.asked {
            let granted = transfer.granted.as_ref().and_then(|granted| granted.iter().find(|(other, _)| other == name));
            let tip = OptionName::of(name.as_bytes()).map(|option| look.say(&option.rule()));
            let mono = |text: &str| RichText::new(text).font(theme::mono(12.0));
            let label = ui.label(mono(name));
            if let Some(tip) = tip {
                label.on_hover_text(tip);
            }
            ui.label(mono(asked));
            match granted {
                Some((_, granted)) if granted == asked || name == OptionName::Tsize.word() => drop(ui.label(mono(granted))),
                Some((_, granted)) => drop(ui.label(mono(granted).color(look.roles.wait))),
                None => drop(
                    ui.label(RichText::new(look.say(&text!("ui-transfers-not-granted"))).font(theme::plain(12.0)).color(look.roles.wait)),
                ),
            }
            let why = why(transfer, name, asked, granted.map(|(_, granted)| &**granted));
            ui.add(Label::new(RichText::new(look.say(&why)).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
            ui.end_row();
        }
    });
}

/// Why an option was granted so, or not: as far as the packets tell.
fn why(transfer: &Transfer, name: &str, asked: &str, granted: Option<&str>) -> Message {
    match (granted, &transfer.granted) {
        (Some(size), _) if name == OptionName::Tsize.word() && size != asked => text!("ui-transfers-why-size"),
        (Some(granted), _) if granted == asked => text!("ui-transfers-why-same"),
        (Some(_), _) => text!("ui-transfers-why-less"),
        (None, Some(_)) => text!("ui-transfers-why-left-out"),
        (None, None) if transfer.highest > 0 || transfer.acked > 0 => text!("ui-transfers-why-no-oack"),
        (None, None) if matches!(transfer.end, Some(End::Error { .. })) => text!("ui-transfers-why-error"),
        (None, None) => text!("ui-transfers-why-unanswered"),
    }
}
