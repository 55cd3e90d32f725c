//! What computes or looks things up, beside the lab: one pane a tool, two or three side by side where there is room, in place of the views of the lab.
//!
//! Each works at once with an example, and with the chosen row of the trace where it can. One table of tools feeds the menu, the tabs and the tests.

mod addresses;
mod compare;
mod field;
mod layers;
mod pack;
mod ports;
mod resolver;
mod strip;

use egui::{Align, CornerRadius, Frame, Key, Layout, Margin, Modifiers, Panel, Popup, Rect, RichText, Stroke, Ui, UiBuilder, pos2};
use egui_material_icons::icons::{ICON_ARROW_BACK, ICON_VIEW_COLUMN_2};
use toml::Value;

use self::addresses::Addresses;
use self::layers::Layers;
use self::pack::Pack;
use self::ports::Ports;
use self::resolver::Resolver;
use super::command::{Action, Actions, Command};
use super::look::Look;
use super::scene::Scene;
use super::{theme, view_bar};
use crate::text;
use crate::text::Message;
use crate::trace::Record;
use crate::trace::compare::Courses;

/// A tool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Values to bytes and back.
    #[default]
    Pack,
    /// Networks, masks and classes.
    Addresses,
    /// A message with all that is around it.
    Layers,
    /// The same messages over TCP and UDP.
    Compare,
    /// Names to addresses.
    Resolver,
    /// The sockets of this machine.
    Ports,
}

/// The least width of a pane, in points; and of one that holds a wide table.
const PANE: f32 = 500.0;
const WIDE_PANE: f32 = 900.0;
/// The distance between two panes.
const GAP: f32 = 10.0;
/// The most panes side by side.
const MOST: usize = 3;

impl Tool {
    /// All of them, in the order of their tabs.
    pub(crate) const ALL: &[Self] = &[Self::Pack, Self::Addresses, Self::Layers, Self::Compare, Self::Resolver, Self::Ports];

    /// What it is called.
    pub(crate) const fn name(self) -> Message {
        match self {
            Self::Pack => text!("ui-tool-pack"),
            Self::Addresses => text!("ui-tool-addresses"),
            Self::Layers => text!("ui-tool-layers"),
            Self::Compare => text!("ui-tool-compare"),
            Self::Resolver => text!("ui-tool-resolver"),
            Self::Ports => text!("ui-tool-ports"),
        }
    }

    /// Its name in the settings.
    const fn key(self) -> &'static str {
        match self {
            Self::Pack => "pack",
            Self::Addresses => "addresses",
            Self::Layers => "layers",
            Self::Compare => "compare",
            Self::Resolver => "resolver",
            Self::Ports => "ports",
        }
    }

    /// The command that shows it.
    pub(crate) const fn command(self) -> Command {
        match self {
            Self::Pack => Command::PackTool,
            Self::Addresses => Command::AddressesTool,
            Self::Layers => Command::LayersTool,
            Self::Compare => Command::CompareTool,
            Self::Resolver => Command::ResolverTool,
            Self::Ports => Command::PortsTool,
        }
    }

    /// The width that it needs, where there is as much.
    const fn width(self) -> f32 {
        match self {
            Self::Ports => WIDE_PANE,
            _ => PANE,
        }
    }

    /// The tool that this command shows.
    pub(crate) fn of(command: Command) -> Option<Self> {
        Self::ALL.iter().copied().find(|tool| tool.command() == command)
    }
}

/// Which tools are shown; kept between two starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Those that were chosen, the latest first.
    recent: Vec<Tool>,
    /// Whether there is only one at a time, also where there is room for more.
    pub(crate) single: bool,
}

impl Shown {
    /// Shows this one, with those chosen before where there is room.
    pub(crate) fn choose(&mut self, tool: Tool) {
        self.recent.retain(|other| *other != tool);
        self.recent.insert(0, tool);
    }

    /// The tools that stand in `width` points, in the order of their tabs: as many as there is room for, those first that were chosen last.
    fn panes(&self, width: f32) -> Vec<Tool> {
        let most = if self.single { 1 } else { MOST };
        let mut first: Vec<Tool> = Vec::new();
        let mut taken = 0.0;
        for tool in self.recent.iter().chain(Tool::ALL).copied() {
            let fits = first.is_empty() || first.len() < most && taken + tool.width() <= width;
            if fits && !first.contains(&tool) {
                first.push(tool);
                taken += tool.width();
            }
        }
        Tool::ALL.iter().copied().filter(|tool| first.contains(tool)).collect()
    }

    /// As the settings keep it: the names of the tools, the latest first.
    pub(crate) fn value(&self) -> Value {
        let mut table = toml::Table::new();
        let names = self.recent.iter().map(|tool| Value::from(tool.key())).collect();
        table.insert("recent".to_owned(), Value::Array(names));
        table.insert("single".to_owned(), self.single.into());
        Value::Table(table)
    }

    /// What was kept; none where it makes no sense.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let mut shown = Self { single: value.get("single")?.as_bool()?, ..Self::default() };
        for name in value.get("recent")?.as_array()?.iter().rev().filter_map(Value::as_str) {
            if let Some(tool) = Tool::ALL.iter().find(|tool| tool.key() == name) {
                shown.choose(*tool);
            }
        }
        Some(shown)
    }
}

/// What the tools are given in a frame.
#[derive(Debug)]
pub(crate) struct Given<'given> {
    /// The lab as it is.
    pub(crate) scene: &'given Scene,
    /// What each program did to send and receive.
    pub(crate) courses: &'given Courses,
    /// The row that is chosen in the log.
    pub(crate) row: Option<&'given Record>,
    /// The language and the colours.
    pub(crate) look: &'given Look,
}

/// The tools and what was typed into them.
#[derive(Debug, Default)]
pub(crate) struct Tools {
    /// Whether they stand in place of the lab's views.
    pub(crate) is_open: bool,
    pub(crate) pack: Pack,
    addresses: Addresses,
    layers: Layers,
    resolver: Resolver,
    ports: Ports,
    /// Whether something was being typed when the last frame ended: then Escape ends that alone.
    typing: bool,
}

impl Tools {
    /// Draws the tabs, and below them the panes.
    pub(crate) fn show(&mut self, ui: &mut Ui, shown: &mut Shown, given: &Given<'_>, actions: &mut Actions) {
        let look = given.look;
        let panes = shown.panes(ui.available_width());
        let bar = Frame::new().fill(look.roles.panel);
        let back =
            Panel::top("tool tabs").exact_size(34.0).resizable(false).frame(bar).show(ui, |ui| bar_of(ui, &panes, shown, look, actions));
        let back = back.inner || self.escaped(ui);
        self.is_open &= !back;
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0.0, look.roles.bg);
        let inner = whole.shrink(GAP);
        // What is left over is shared out as the widths are.
        let least = panes.iter().map(|tool| tool.width()).sum::<f32>().max(1.0);
        let share = (inner.width() - GAP * (panes.len().saturating_sub(1)) as f32) / least;
        let mut next = inner.left();
        for tool in panes {
            let (left, width) = (next, tool.width() * share);
            next += width + GAP;
            let rect = Rect::from_min_max(pos2(left, inner.top()), pos2(left + width, inner.bottom()));
            let builder = UiBuilder::new().max_rect(rect).id_salt(tool.key());
            ui.scope_builder(builder, |ui| self.pane(ui, rect, tool, given, actions));
        }
        self.typing = ui.ctx().text_edit_focused();
    }

    fn escaped(&self, ui: &Ui) -> bool {
        let is_busy = self.typing || ui.memory(|memory| memory.top_modal_layer().is_some()) || Popup::is_any_open(ui.ctx());
        !is_busy && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
    }

    fn pane(&mut self, ui: &mut Ui, rect: Rect, tool: Tool, given: &Given<'_>, actions: &mut Actions) {
        let look = given.look;
        let (card, line) = (CornerRadius::same(theme::CARD), Stroke::new(1.0, look.roles.line));
        ui.painter().rect(rect, card, look.roles.surface, line, egui::StrokeKind::Inside);
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        let head = Frame::new().inner_margin(Margin::symmetric(12, 0));
        Panel::top("head").exact_size(36.0).resizable(false).frame(head).show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                if let Some(icon) = tool.command().row().icon {
                    ui.label(RichText::new(icon.codepoint).font(theme::icon(17.0)).color(look.roles.accent));
                }
                ui.label(RichText::new(look.say(&tool.name())).font(theme::strong(13.0)));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| match tool {
                    Tool::Pack => self.pack.head(ui, given),
                    Tool::Addresses => self.addresses.head(ui, given),
                    Tool::Layers | Tool::Compare => {}
                    Tool::Resolver => self.resolver.head(ui, given),
                    Tool::Ports => self.ports.head(ui, given),
                });
            });
        });
        let body = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 8 });
        egui::CentralPanel::default().frame(body).show(ui, |ui| match tool {
            Tool::Pack => self.pack.show(ui, given),
            Tool::Addresses => self.addresses.show(ui, given),
            Tool::Layers => self.layers.show(ui, given),
            Tool::Compare => compare::show(ui, given, actions),
            Tool::Resolver => self.resolver.show(ui, given),
            Tool::Ports => self.ports.show(ui, given),
        });
    }
}

/// The way back, a tab for each tool, and at the right whether they stand side by side. Returns whether the way back was taken.
fn bar_of(ui: &mut Ui, panes: &[Tool], shown: &mut Shown, look: &Look, actions: &mut Actions) -> bool {
    let mut back = false;
    ui.horizontal_centered(|ui| {
        ui.add_space(6.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        back = look.icon_button(ui, ICON_ARROW_BACK, &look.say(&text!("ui-tools-back"))).clicked();
        for tool in Tool::ALL.iter().copied() {
            let row = tool.command().row();
            let tip = format!("{} ({})", look.say(&(row.tooltip)()), ui.ctx().format_shortcut(&row.keys));
            if view_bar::tab(ui, &look.say(&tool.name()), panes.contains(&tool), look).on_hover_text(tip).clicked() {
                actions.push(Action::Run(tool.command()));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(6.0);
            let beside = !shown.single;
            let tip = look.say(&text!("ui-tools-beside"));
            if look.icon_toggle(ui, ICON_VIEW_COLUMN_2, beside, &tip).clicked() {
                shown.single = beside;
            }
        });
    });
    back
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_has_a_command_of_its_own_and_is_kept() {
        for tool in Tool::ALL {
            assert_eq!(Tool::of(tool.command()), Some(*tool));
            let mut shown = Shown { single: true, ..Shown::default() };
            shown.choose(*tool);
            assert_eq!(Shown::of(&shown.value()), Some(shown));
        }
    }

    #[test]
    fn as_many_stand_side_by_side_as_there_is_room_for() {
        let mut shown = Shown::default();
        for tool in Tool::ALL.iter().filter(|tool| **tool != Tool::Ports) {
            shown.choose(*tool);
        }
        for (width, panes) in [(400.0, 1), (999.0, 1), (1000.0, 2), (1500.0, 3), (4000.0, 3)] {
            assert_eq!(shown.panes(width).len(), panes, "{width}");
            assert!(shown.panes(width).contains(&Tool::Resolver), "the latest is there");
        }
        // What is wide takes the place of two.
        shown.choose(Tool::Ports);
        for (width, panes) in [(400.0, 1), (1000.0, 1), (1400.0, 2), (1900.0, 3)] {
            assert_eq!(shown.panes(width).len(), panes, "{width}");
            assert!(shown.panes(width).contains(&Tool::Ports), "the latest is there");
        }
        shown.single = true;
        assert_eq!(shown.panes(4000.0).len(), 1);
    }
}
