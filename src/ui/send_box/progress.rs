//! How far a file is that is being sent: a bar, how much, how fast, how long still, and what ends it.

use egui::{Align, Layout, Rect, Role, Sense, Ui, WidgetInfo, vec2};
use egui_material_icons::icons::ICON_CLOSE;

use crate::program::FileProgress;
use crate::text;
use crate::text::Message;
use crate::trace::notation;
use crate::ui::look::Look;
use crate::ui::scene::ProgramLine;
use crate::ui::theme;
use crate::ui::transfers::bytes;

/// The height of the line.
pub(super) const LINE: f32 = 34.0;
/// The width of the bar.
const BAR: f32 = 180.0;

/// The file that the program sends at the moment.
pub(super) fn under_way(line: &ProgramLine) -> Option<&FileProgress> {
    line.sending.file.as_ref().filter(|file| file.is_under_way && line.phase.is_running())
}

/// What came of the last file; none while it is being sent.
pub(super) fn ended(file: &FileProgress) -> Option<Message> {
    if file.is_under_way {
        return None;
    }
    let (name, all) = (&*file.name, bytes(file.all));
    Some(if file.sent < file.all {
        text!("ui-file-cut-off", name = name, sent = bytes(file.sent), all = all)
    } else {
        text!("ui-file-sent", name = name, all = all, took = notation::duration(file.elapsed))
    })
}

/// What is told of it, from the first word to the last.
fn words(file: &FileProgress, say: impl Fn(&Message) -> String) -> String {
    let mut words = vec![say(&text!("ui-file-sending", name = &*file.name, sent = bytes(file.sent), all = bytes(file.all)))];
    words.extend(file.rate().map(|rate| format!("{}/s", bytes(rate))));
    words.extend(file.left().map(|left| say(&text!("ui-file-left", seconds = left.as_secs().to_string()))));
    words.extend(file.datagram.map(|size| say(&text!("ui-file-datagrams", size = size))));
    words.join(" · ")
}

/// Draws the line; returns whether the file is to end.
pub(super) fn show(ui: &mut Ui, program: &str, file: &FileProgress, look: &Look) -> bool {
    let mut end = false;
    ui.push_id(("file", program), |ui| {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), LINE), Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(theme::EDGE);
            bar(ui, file, look);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(theme::EDGE);
                let tip = look.say(&text!("ui-file-cancel-tip"));
                end = look.button(ui, ICON_CLOSE, &look.say(&text!("ui-file-cancel"))).on_hover_text(tip).clicked();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let words = words(file, |words| look.say(words));
                    let words = egui::RichText::new(words).font(theme::plain(12.0)).color(look.roles.text);
                    ui.add(egui::Label::new(words).truncate());
                });
            });
        });
    });
    end
}

fn bar(ui: &mut Ui, file: &FileProgress, look: &Look) {
    let width = BAR.min(ui.available_width() * 0.25);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 8.0), Sense::hover());
    let part = if file.all == 0 { 1.0 } else { (file.sent as f64 / file.all as f64).min(1.0) };
    let name = look.say(&text!("ui-file-bar", name = &*file.name, percent = format!("{:.0}", (part * 100.0).floor())));
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &name));
    ui.painter().rect_filled(rect, theme::TICK, look.roles.sunken);
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * part as f32, rect.height()));
    ui.painter().rect_filled(filled, theme::TICK, look.roles.send);
    response.on_hover_text(name);
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn file(sent: u64, elapsed: u64, is_under_way: bool) -> FileProgress {
        let elapsed = Duration::from_millis(elapsed);
        FileProgress { name: "big.bin".into(), sent, all: 100_000_000, elapsed, datagram: None, is_under_way }
    }

    #[test]
    fn what_is_told_is_how_much_how_fast_and_how_long_still() {
        let told = |file: &FileProgress| words(file, ToString::to_string);
        assert_eq!(told(&file(25_000_000, 5_000, true)), "big.bin: 25.0 MB of 100.0 MB · 5.00 MB/s · 15 s left");
        assert_eq!(told(&file(0, 10, true)), "big.bin: 0 B of 100.0 MB", "nobody knows yet");
        let datagrams = FileProgress { datagram: Some(1_400), ..file(0, 0, true) };
        assert!(told(&datagrams).ends_with("in datagrams of 1400 B"));
    }

    #[test]
    fn what_came_of_it_is_told_when_it_is_over() {
        let told = |file: &FileProgress| ended(file).map(|words| words.to_string());
        assert_eq!(told(&file(5, 5, true)), None);
        assert_eq!(told(&file(100_000_000, 2_000, false)).as_deref(), Some("big.bin: 100.0 MB sent in 2 s"));
        assert_eq!(told(&file(25_000_000, 2_000, false)).as_deref(), Some("big.bin: ended after 25.0 MB of 100.0 MB"));
    }
}
