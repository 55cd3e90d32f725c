//! The sample labs, below the programs: each opens by one click.

use egui::{Color32, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::command::{Action, Actions};
use super::look::{Look, line_of, paint_line};
use super::scene::Scene;
use super::theme;
use crate::lab::{SAMPLES, Sample};
use crate::text;

/// The height of a sample.
const LINE: f32 = 24.0;

/// Draws the list.
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
    for (place, sample) in SAMPLES.iter().enumerate() {
        if row(ui, sample, !scene.is_recorded() && is_open(sample, &scene.title), look) {
            actions.push(Action::Sample(place));
        }
    }
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
    let (y, mark) = (rect.center().y, pos2(rect.left() + 18.0, rect.center().y));
    if on {
        ui.painter().circle_filled(mark, 3.0, roles.accent);
    } else {
        ui.painter().circle_stroke(mark, 3.0, egui::Stroke::new(1.0, roles.text2));
    }
    let left = rect.left() + 30.0;
    paint_line(ui, left, y, line_of(&[(short, theme::plain(13.0), roles.text)], rect.right() - left - 8.0));
    look.ring(ui, rect, &response);
    response.on_hover_text(whole).clicked()
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
