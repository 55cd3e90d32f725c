//! A lane for each thread: what it is in, for how long, and what it did before, so that who blocks whom is seen at a glance.
//!
//! Derived from the calls in the trace, and from those under way.

mod lane;
mod waits;

use std::sync::Arc;

use egui::{Align2, ComboBox, Rect, Role, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use self::lane::{Axis, Lane};
use super::command::Actions;
use super::counting::Counted;
use super::look::{Look, named, paint_open};
use super::scene::Scene;
use super::theme;
use crate::text;
use crate::text::Message;
use crate::trace::threads::Threads;
use crate::trace::{Names, ProgramId, notation};

/// The height of a lane.
const LANE: f32 = 46.0;
/// The width of the names.
const NAME: f32 = 210.0;
/// The height of the scale.
const SCALE: f32 = 22.0;
/// The width of a time.
const TIME: f32 = 88.0;
/// What is before a run by less than this, in nanoseconds, is its beginning: the clock starts a little sooner than the first program.
const MOMENT: u64 = 10_000_000;

/// How much time is in view, in nanoseconds.
const SPANS: [u64; 6] = [1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 60_000_000_000];

/// Where the view stands.
#[derive(Debug)]
pub(crate) struct ThreadLanes {
    /// How much time is in view.
    span: u64,
    /// Whether threads that have ended are shown too.
    ended: bool,
}

impl Default for ThreadLanes {
    fn default() -> Self {
        Self { span: 10_000_000_000, ended: true }
    }
}

fn span(nanoseconds: u64) -> Message {
    text!("ui-threads-span", time = notation::duration(std::time::Duration::from_nanos(nanoseconds)))
}

impl ThreadLanes {
    /// Draws what stands at the right of the tab: how much time is in view.
    pub(crate) fn tools(&mut self, ui: &mut Ui, look: &Look) {
        let combo = ComboBox::from_id_salt("threads span").selected_text(look.say(&span(self.span))).icon(paint_open);
        let response = combo.width(90.0).show_ui(ui, |ui| {
            for one in SPANS {
                ui.selectable_value(&mut self.span, one, look.say(&span(one)));
            }
        });
        named(response.response, Role::ComboBox, &look.say(&text!("ui-threads-span-name")))
            .on_hover_text(look.say(&text!("ui-threads-span-tip")));
        ui.add_space(6.0);
        ui.checkbox(&mut self.ended, look.say(&text!("ui-threads-ended"))).on_hover_text(look.say(&text!("ui-threads-ended-tip")));
    }

    /// Draws what stands still because of whom, and the lanes: those `of` one program where one is named. What is chosen is a row. The number of a row that was clicked is returned.
    pub(crate) fn show(
        &self,
        ui: &mut Ui,
        scene: &Scene,
        counted: &Counted,
        of: (Option<ProgramId>, Option<u64>),
        look: &Look,
        actions: &mut Actions,
    ) -> Option<u64> {
        let (program, chosen) = of;
        let threads: &Arc<Threads> = &counted.threads;
        let lanes = threads.all().filter(|(_, thread)| match program {
            // Its own thread makes no call.
            Some(program) => thread.program == program && thread.name.starts_with("thread "),
            None => self.ended || thread.ended.is_none(),
        });
        let mut lanes = lanes.map(|(id, thread)| Lane::of(id, thread, scene)).collect::<Vec<_>>();
        // In the order of the programs, those that have ended last.
        lanes.sort_by_key(|lane| (lane.thread.ended.is_some(), lane.thread.program));
        if lanes.is_empty() {
            ui.add_space(24.0);
            ui.vertical_centered(|ui| look.secondary(ui, look.say(&text!("ui-threads-none"))));
            return None;
        }
        for wait in waits::seen(scene, &counted.known) {
            ui.horizontal(|ui| {
                ui.add_space(theme::EDGE);
                let words = egui::RichText::new(look.say(&wait)).font(theme::plain(12.0)).color(look.roles.wait);
                ui.add(egui::Label::new(words).wrap());
            });
        }
        let axis = self.axis(ui, &lanes, scene, threads, chosen);
        let whole = ui.available_rect_before_wrap();
        scale(ui, &axis, &scene.names, look);
        let mut clicked = None;
        ScrollArea::vertical().id_salt("threads").auto_shrink(false).show_rows(ui, LANE, lanes.len(), |ui, rows| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for lane in rows.filter_map(|row| lanes.get(row)) {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LANE), Sense::hover());
                clicked = lane.show(ui, rect, &axis, scene, chosen, look).or(clicked);
                actions.extend(lane.steps(ui, rect, look));
            }
        });
        if !scene.open.is_empty() && (axis.begin..=axis.end()).contains(&scene.told) {
            now(ui, whole, axis.x(scene.told), look);
        }
        clicked
    }

    /// The time in view: it ends now, or where a recording does; it is around the chosen row where one is chosen.
    fn axis(&self, ui: &Ui, lanes: &[Lane<'_>], scene: &Scene, threads: &Threads, chosen: Option<u64>) -> Axis {
        let end = threads.last().max(if scene.open.is_empty() { 0 } else { scene.told });
        let of_row =
            |n: u64| lanes.iter().flat_map(|lane| lane.thread.steps()).find(|step| step.n == n).map(|step| step.t0.midpoint(step.t1));
        let end = chosen.and_then(of_row).map_or(end, |middle| middle.saturating_add(self.span / 2).min(end.max(middle)));
        let whole = ui.available_rect_before_wrap();
        Axis { begin: end.saturating_sub(self.span), span: self.span, left: whole.left() + NAME, right: whole.right() - theme::EDGE - 6.0 }
    }
}

/// The line at which all that waits ends so far.
fn now(ui: &Ui, whole: Rect, x: f32, look: &Look) {
    let painter = ui.painter_at(whole);
    painter.vline(x, whole.y_range(), Stroke::new(1.5, look.roles.accent));
    let words = look.say(&text!("ui-log-now"));
    let place = pos2(x - 4.0, whole.top() + SCALE / 2.0);
    let galley = painter.layout_no_wrap(words, theme::strong(11.0), look.roles.accent);
    let rect = Align2::RIGHT_CENTER.anchor_size(place, galley.size());
    painter.rect_filled(rect.expand2(vec2(4.0, 2.0)), 0.0, look.roles.panel);
    painter.galley(rect.min, galley, look.roles.accent);
}

/// The times above the lanes.
fn scale(ui: &mut Ui, axis: &Axis, names: &Names, look: &Look) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), SCALE), Sense::hover());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, look.roles.panel);
    // All of it in the times of the run at its end; what was before that run has none.
    let end = axis.begin + axis.span;
    let start = end - names.in_run(end);
    for part in 0..=4_u64 {
        let at = axis.begin + axis.span / 4 * part;
        let x = axis.x(at);
        let align = if part == 4 { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        painter.vline(x, rect.y_range(), Stroke::new(1.0, look.roles.line));
        let place = pos2(if part == 4 { x - 3.0 } else { x + 3.0 }, rect.center().y);
        // The last stands at the left of its line, where the one before may stand already.
        if at + MOMENT >= start && (part != 3 || axis.x(at + axis.span / 4) - x >= 2.0 * TIME) {
            painter.text(place, align, format!("{} s", notation::time(at.saturating_sub(start))), theme::mono(11.0), look.roles.text2);
        }
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, look.roles.line));
}

/// The part of a lane in which calls are drawn.
fn track(rect: Rect, axis: &Axis) -> Rect {
    Rect::from_x_y_ranges(axis.left..=axis.right, rect.y_range())
}
