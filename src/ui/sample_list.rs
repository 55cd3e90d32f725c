//! The sample labs, below the programs, topic by topic: each opens by one click. And the sheet of all of them, with what to watch in each.

use egui::{Align2, Color32, Id, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE};

use super::command::{Action, Actions, Command};
use super::look::{Look, line_of, paint_line};
use super::scene::Scene;
use super::theme;
use crate::lab::{SAMPLES, Sample, Topic};
use crate::text;

/// The height of a sample.
const LINE: f32 = 22.0;

/// Draws the list: one topic is unfolded, that of the lab which is open or the one that was asked for.
pub(crate) fn show(ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) {
    ui.add_space(10.0);
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(line.x_range().shrink(theme::EDGE), line.center().y, egui::Stroke::new(1.0, look.roles.line));
    ui.add_space(9.0);
    ui.horizontal(|ui| {
        ui.add_space(theme::EDGE);
        look.heading(ui, &text!("ui-samples"));
    });
    ui.add_space(5.0);
    let is_on = |sample: &Sample| !scene.is_recorded() && is_open(sample, &scene.title);
    let id = Id::unique(("topic of samples", &scene.title));
    let of_lab = SAMPLES.iter().find(|sample| is_on(sample)).or_else(|| SAMPLES.first()).map(|sample| sample.topic);
    let mut open = ui.data(|data| data.get_temp::<Option<Topic>>(id)).unwrap_or(of_lab);
    for topic in Topic::ALL {
        let unfolded = open == Some(*topic);
        if head(ui, *topic, unfolded, look) {
            open = (!unfolded).then_some(*topic);
            ui.data_mut(|data| data.insert_temp(id, open));
        }
        for (place, sample) in topic.samples().filter(|_| unfolded) {
            if row(ui, sample, is_on(sample), look) {
                actions.push(Action::Sample(place));
            }
        }
    }
    let words = look.say(&text!("ui-samples-all"));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let fill = if response.hovered() { look.roles.hover } else { Color32::TRANSPARENT };
    ui.painter().rect_filled(rect, 0.0, fill);
    let left = rect.left() + 12.0;
    paint_line(ui, left, rect.center().y, line_of(&[(&words, theme::plain(13.0), look.roles.accent)], rect.right() - left - 8.0));
    look.ring(ui, rect, &response);
    if response.on_hover_text(look.say(&text!("ui-samples-all-tip"))).clicked() {
        actions.push(Action::Run(Command::Samples));
    }
}

/// Draws the line of a topic; returns whether it was clicked.
fn head(ui: &mut Ui, topic: Topic, unfolded: bool, look: &Look) -> bool {
    let roles = look.roles;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    let name = look.say(&topic.title());
    let spoken = look.say(&text!("ui-samples-topic", topic = name.as_str()));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, unfolded, &spoken));
    let fill = if response.hovered() { roles.hover } else { Color32::TRANSPARENT };
    ui.painter().rect_filled(rect, 0.0, fill);
    let icon = if unfolded { ICON_EXPAND_MORE } else { ICON_CHEVRON_RIGHT };
    let (y, left) = (rect.center().y, rect.left() + 10.0);
    ui.painter().text(pos2(left, y), Align2::LEFT_CENTER, icon.codepoint, theme::icon(16.0), roles.text2);
    paint_line(ui, left + 20.0, y, line_of(&[(&name, theme::plain(13.0), roles.text2)], rect.right() - left - 28.0));
    look.ring(ui, rect, &response);
    response.clicked()
}

/// Draws the sheet of all samples; returns whether one was chosen.
pub(crate) fn sheet(ui: &mut Ui, scene: &Scene, look: &Look, actions: &mut Actions) -> bool {
    let mut chosen = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    for topic in Topic::ALL {
        ui.add_space(8.0);
        look.heading(ui, &topic.title());
        ui.add_space(2.0);
        for (place, sample) in topic.samples() {
            if entry(ui, sample, !scene.is_recorded() && is_open(sample, &scene.title), look) {
                chosen = Some(place);
            }
        }
    }
    actions.extend(chosen.map(Action::Sample));
    chosen.is_some()
}

/// Draws a sample of the sheet, in two lines; returns whether it was clicked.
fn entry(ui: &mut Ui, sample: &Sample, on: bool, look: &Look) -> bool {
    let roles = look.roles;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 2.0 * LINE - 4.0), Sense::click());
    let (whole, watch) = (look.say(&(sample.title)()), look.say(&(sample.watch)()));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, format!("{whole}. {watch}")));
    if ui.is_rect_visible(rect) {
        look.row(ui, rect, on, response.hovered());
        let (left, room) = (rect.left() + 12.0, rect.width() - 24.0);
        let upper = line_of(&[(&whole, theme::plain(13.0), roles.text)], room);
        paint_line(ui, left, rect.center().y - 9.0, upper);
        paint_line(ui, left, rect.center().y + 9.0, line_of(&[(&watch, theme::plain(12.0), roles.text2)], room));
        look.ring(ui, rect, &response);
    }
    response.on_hover_text(watch).clicked()
}

/// Whether the lab of that title is this sample, as far as its title tells.
fn is_open(sample: &Sample, title: &str) -> bool {
    sample.text.strip_prefix("title = \"").and_then(|rest| rest.strip_prefix(title)).is_some_and(|rest| rest.starts_with('"'))
}

/// Draws one; returns whether it was clicked.
fn row(ui: &mut Ui, sample: &Sample, on: bool, look: &Look) -> bool {
    let roles = look.roles;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    let whole = look.say(&(sample.title)());
    // The title goes on to say what the sample is about.
    let short = whole.split([':', '：']).next().unwrap_or_default();
    let name = look.say(&text!("ui-samples-open", lab = short));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &name));
    let fill = if response.hovered() { roles.hover } else { Color32::TRANSPARENT };
    ui.painter().rect_filled(rect, 0.0, fill);
    let (y, mark) = (rect.center().y, pos2(rect.left() + 36.0, rect.center().y));
    if on {
        ui.painter().circle_filled(mark, 3.0, roles.accent);
    } else {
        ui.painter().circle_stroke(mark, 3.0, egui::Stroke::new(1.0, roles.text2));
    }
    let left = rect.left() + 46.0;
    paint_line(ui, left, y, line_of(&[(short, theme::plain(13.0), roles.text)], rect.right() - left - 8.0));
    look.ring(ui, rect, &response);
    response.on_hover_text(format!("{whole}\n{}", look.say(&(sample.watch)()))).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_knows_its_own_title_and_no_other() {
        for sample in SAMPLES {
            let title = sample.lab(&[]).unwrap().title;
            let open = SAMPLES.iter().filter(|other| is_open(other, &title)).map(|other| other.name).collect::<Vec<_>>();
            assert_eq!(open, [sample.name]);
            assert!(!is_open(sample, ""));
        }
    }
}
