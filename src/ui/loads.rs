//! What loads came to: a table with a row for each run of a load client, and below it how fast and how late each was, side by side.
//!
//! Derived from the calls in the trace alone, so that a recording shows what was measured as a run does.

use std::sync::Arc;
use std::time::Duration;

use egui::{Align2, Grid, Label, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::look::Look;
use super::theme;
use crate::text;
use crate::text::Message;
use crate::trace::load::{Load, Loads};
use crate::trace::{Names, notation};

/// The height of a row of the plot.
const BAR: f32 = 22.0;
/// The widths of the names and of the figures beside the bars.
const NAME: f32 = 150.0;
const FIGURE: f32 = 110.0;

/// One load, as it is written.
struct Written {
    name: String,
    cells: Vec<String>,
    rate: f64,
    latencies: [f64; 3],
    most: f64,
}

impl Written {
    fn of(load: &Load, names: &Names) -> Self {
        let time = |nanoseconds: Option<u64>| nanoseconds.map(|took| notation::duration(Duration::from_nanos(took))).unwrap_or_default();
        let part = |percent| load.latencies.percentile(percent);
        let any = load.latencies.total() > 0;
        let rate = load.rate().unwrap_or_default();
        let server = load.server.map(|server| names.program_name(server)).unwrap_or_default();
        let cells = vec![
            server.clone(),
            load.connected.to_string(),
            load.at_once.to_string(),
            load.latencies.total().to_string(),
            format!("{rate:.0}/s"),
            time(part(50)),
            time(part(90)),
            time(part(99)),
            time(any.then(|| load.latencies.most())),
            load.threads.to_string(),
            load.processes.to_string(),
            load.failed.to_string(),
        ];
        let seconds = |nanoseconds: Option<u64>| nanoseconds.unwrap_or_default() as f64 / 1e9;
        let latencies = [seconds(part(50)), seconds(part(90)), seconds(part(99))];
        Self { name: format!("{} → {server}", load.name), cells, rate, latencies, most: load.latencies.most() as f64 / 1e9 }
    }
}

fn heads() -> [(Message, Message); 13] {
    [
        (text!("ui-load-client"), text!("ui-load-client-tip")),
        (text!("ui-load-server"), text!("ui-load-server-tip")),
        (text!("ui-load-connections"), text!("ui-load-connections-tip")),
        (text!("ui-load-at-once"), text!("ui-load-at-once-tip")),
        (text!("ui-load-messages"), text!("ui-load-messages-tip")),
        (text!("ui-load-rate"), text!("ui-load-rate-tip")),
        (text!("ui-load-half"), text!("ui-load-half-tip")),
        (text!("ui-load-most"), text!("ui-load-most-tip")),
        (text!("ui-load-nearly-all"), text!("ui-load-nearly-all-tip")),
        (text!("ui-load-longest"), text!("ui-load-longest-tip")),
        (text!("ui-load-threads"), text!("ui-load-threads-tip")),
        (text!("ui-load-processes"), text!("ui-load-processes-tip")),
        (text!("ui-load-failed"), text!("ui-load-failed-tip")),
    ]
}

/// Draws the table and the plot.
pub(crate) fn show(ui: &mut Ui, loads: &Arc<Loads>, names: &Names, look: &Look) {
    let written = loads.all().map(|(_, load)| (load.name.to_string(), Written::of(load, names))).collect::<Vec<_>>();
    if written.is_empty() {
        ui.add_space(24.0);
        ui.vertical_centered(|ui| look.secondary(ui, look.say(&text!("ui-load-none"))));
        return;
    }
    ScrollArea::both().id_salt("loads").auto_shrink(false).show(ui, |ui| {
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.add_space(theme::EDGE);
            ui.vertical(|ui| {
                table(ui, &written, look);
                ui.add_space(14.0);
                plot(ui, &written, look);
                ui.add_space(8.0);
                ui.add(
                    Label::new(RichText::new(look.say(&text!("ui-load-honest"))).font(theme::plain(12.0)).color(look.roles.text2)).wrap(),
                );
            });
        });
    });
}

fn table(ui: &mut Ui, written: &[(String, Written)], look: &Look) {
    Grid::new("loads").num_columns(13).spacing([14.0, 5.0]).striped(false).show(ui, |ui| {
        for (head, tip) in heads() {
            ui.label(RichText::new(look.say(&head)).font(theme::plain(12.0)).color(look.roles.text2)).on_hover_text(look.say(&tip));
        }
        ui.end_row();
        for (name, load) in written {
            ui.label(RichText::new(name).font(theme::strong(12.0)));
            for cell in &load.cells {
                ui.label(RichText::new(cell).font(theme::mono(12.0)));
            }
            ui.end_row();
        }
    });
}

/// Messages a second as bars from nothing, latencies as marks on one scale of powers of ten.
fn plot(ui: &mut Ui, written: &[(String, Written)], look: &Look) {
    let roles = look.roles;
    let width = (ui.clip_rect().width() - 2.0 * theme::EDGE - NAME - FIGURE - 40.0).max(160.0);
    let (fastest, latest) = written.iter().fold((1.0_f64, 1e-6_f64), |(rate, late), (_, load)| (rate.max(load.rate), late.max(load.most)));
    look.heading(ui, &text!("ui-load-rate-heading"));
    for (name, load) in written {
        let words = look.say(&text!("ui-load-rate-of", program = name.as_str(), rate = format!("{:.0}", load.rate)));
        bar(ui, &load.name, &format!("{:.0}/s", load.rate), &words, width, look, |painter, area| {
            let right = area.left() + area.width() * (load.rate / fastest) as f32;
            painter.rect_filled(area.shrink2(vec2(0.0, 4.0)).with_max_x(right.max(area.left() + 1.0)), 2.0, roles.send);
        });
    }
    ui.add_space(8.0);
    look.heading(ui, &text!("ui-load-latency-heading"));
    // From the shortest half to the longest of all.
    let least = written.iter().map(|(_, load)| load.latencies[0]).filter(|least| *least > 0.0).fold(latest, f64::min);
    let (low, high) = (least.log10().floor(), latest.log10().ceil());
    let place = |area: &Rect, seconds: f64| {
        let part = (seconds.max(least).log10() - low) / (high - low).max(1.0);
        area.left() + area.width() * part.clamp(0.0, 1.0) as f32
    };
    for (name, load) in written.iter().filter(|(_, load)| load.most > 0.0) {
        let [half, most, nearly] = load.latencies;
        let time = |seconds: f64| notation::duration(Duration::from_secs_f64(seconds.max(0.0)));
        let figures = format!("{} … {}", time(half), time(load.most));
        let words =
            text!("ui-load-latency-of", program = name.as_str(), half = time(half), nearly = time(nearly), longest = time(load.most));
        bar(ui, &load.name, &figures, &look.say(&words), width, look, |painter, area| {
            let y = area.center().y;
            painter.hline(place(&area, half)..=place(&area, load.most), y, egui::Stroke::new(1.0, roles.text2));
            let thick = Rect::from_x_y_ranges(place(&area, half)..=place(&area, nearly), y - 4.0..=y + 4.0);
            painter.rect_filled(thick, 2.0, roles.recv);
            painter.vline(place(&area, most), y - 6.0..=y + 6.0, egui::Stroke::new(1.5, roles.text));
            painter.circle_filled(pos2(place(&area, load.most), y), 3.0, roles.wait);
        });
    }
    look.secondary(ui, look.say(&text!("ui-load-scale", least = ten(low), most = ten(high))));
}

/// A power of ten of seconds, in words.
fn ten(power: f64) -> String {
    notation::duration(Duration::from_secs_f64(10_f64.powf(power.clamp(-9.0, 6.0))))
}

/// One line of the plot: a name, what is drawn, a figure.
fn bar(ui: &mut Ui, name: &str, figure: &str, words: &str, width: f32, look: &Look, draw: impl FnOnce(&egui::Painter, Rect)) {
    let (rect, response) = ui.allocate_exact_size(vec2(NAME + width + FIGURE + 20.0, BAR), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
    let y = rect.center().y;
    let painter = ui.painter_at(rect);
    let name_rect = rect.with_max_x(rect.left() + NAME - 6.0);
    ui.painter_at(name_rect).text(pos2(rect.left(), y), Align2::LEFT_CENTER, name, theme::plain(12.0), look.roles.text);
    let area = Rect::from_min_max(pos2(rect.left() + NAME, rect.top()), pos2(rect.left() + NAME + width, rect.bottom()));
    painter.rect_filled(area.shrink2(vec2(0.0, 4.0)), 2.0, look.roles.sunken);
    draw(&painter, area);
    painter.text(pos2(area.right() + 8.0, y), Align2::LEFT_CENTER, figure, theme::mono(12.0), look.roles.text);
    response.on_hover_text(words);
}
