//! The bar at the top: the name, the menus, the lab's title, language and theme.

use std::path::Path;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Button, Layout, PopupCloseBehavior, Response, RichText, Stroke, Ui, pos2, vec2};
use egui_material_icons::icons::{ICON_CHECK, ICON_DARK_MODE, ICON_LIGHT_MODE, ICON_SEARCH, ICON_TRANSLATE};

use super::command::{Action, Actions, COMMANDS, Command, Topic};
use super::lab_menu;
use super::look::{Look, format, line_of, named, paint_line, paint_line_right};
use super::now::Now;
use super::program_list::kind_name;
use super::room::Room;
use super::scene::Scene;
use super::settings::Settings;
use super::theme;
use crate::lab;
use crate::program::ProgramKind;
use crate::text;
use crate::text::Language;

/// What the menus need to know.
#[derive(Debug)]
pub(crate) struct Menus<'menus> {
    /// The settings as they are.
    pub(crate) settings: &'menus Settings,
    /// Whether the log shows what the lab did.
    pub(crate) show_lab: bool,
    /// Whether the log stays at the newest row.
    pub(crate) follow: bool,
    /// What there is room for.
    pub(crate) room: Room,
    /// What decides which commands are possible.
    pub(crate) now: &'menus Now,
    /// The file of the lab.
    pub(crate) file: Option<&'menus Path>,
    /// A path that is typed into the menu.
    pub(crate) path: &'menus mut String,
}

/// Draws the bar.
pub(crate) fn show(ui: &mut Ui, scene: &Scene, mut menus: Menus<'_>, look: &Look, actions: &mut Actions) {
    ui.horizontal_centered(|ui| {
        ui.add_space(theme::EDGE);
        logo(ui, look);
        ui.label(RichText::new(look.say(&text!("ui-name"))).font(theme::strong(14.0)));
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::NONE;
        ui.visuals_mut().widgets.inactive.weak_bg_fill = look.roles.panel;
        // A click into a field of this menu is not its end; what is chosen in it closes it.
        let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let lab = MenuButton::new(look.say(&text!("ui-menu-lab"))).config(stays);
        lab.ui(ui, |ui| lab_menu::show(ui, scene, &mut menus, look, actions));
        ui.menu_button(look.say(&text!("ui-menu-programs")), |ui| programs_menu(ui, &menus, look, actions));
        ui.menu_button(look.say(&text!("ui-menu-tools")), |ui| tools_menu(ui, &menus, look, actions));
        ui.menu_button(look.say(&text!("ui-menu-view")), |ui| view_menu(ui, &menus, look, actions));
        ui.menu_button(look.say(&text!("ui-menu-help")), |ui| help_menu(ui, &menus, look, actions));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(theme::EDGE);
            switches(ui, look, actions);
            search(ui, menus.room, look, actions);
            if menus.room.titled {
                ui.add_space(10.0);
                let title = scene.title.as_str();
                let words = if menus.now.is_changed { look.say(&text!("ui-title-changed", title = title)) } else { title.to_owned() };
                let label = egui::Label::new(RichText::new(words).font(theme::plain(12.0)).color(look.roles.text2)).truncate();
                let response = ui.add(label);
                if let Some(file) = menus.file {
                    response.on_hover_text(file.display().to_string());
                }
            }
        });
    });
}

/// Two ends and what joins them.
fn logo(ui: &mut Ui, look: &Look) {
    let (rect, _) = ui.allocate_exact_size(vec2(24.0, 20.0), egui::Sense::hover());
    let y = rect.center().y;
    let stroke = Stroke::new(2.0, look.roles.accent);
    ui.painter().circle_filled(pos2(rect.left() + 5.0, y), 4.0, look.roles.accent);
    ui.painter().line_segment([pos2(rect.left() + 9.0, y), pos2(rect.left() + 14.0, y)], stroke);
    ui.painter().circle_stroke(pos2(rect.left() + 17.5, y), 3.5, stroke);
}

fn switches(ui: &mut Ui, look: &Look, actions: &mut Actions) {
    let dark = ui.visuals().dark_mode;
    let icon = if dark { ICON_DARK_MODE } else { ICON_LIGHT_MODE };
    if look.icon_button(ui, icon, &look.say(&(Command::Theme.row().tooltip)())).clicked() {
        actions.push(Action::Run(Command::Theme));
    }
    let name = look.say(&(Command::Language.row().tooltip)());
    let short = match look.language {
        Language::English => "EN",
        Language::Chinese => "中",
    };
    let mut job = egui::text::LayoutJob::default();
    job.append(ICON_TRANSLATE.codepoint, 0.0, format(theme::icon(16.0), look.roles.text2));
    job.append(short, 4.0, format(theme::plain(12.0), look.roles.text));
    if named(ui.add(Button::new(job)), egui::Role::Button, &name).on_hover_text(&name).clicked() {
        actions.push(Action::Run(Command::Language));
    }
}

/// What looks like a field and opens the palette.
fn search(ui: &mut Ui, room: Room, look: &Look, actions: &mut Actions) {
    let row = Command::Palette.row();
    let name = look.say(&(row.name)());
    let keys = ui.ctx().format_shortcut(&row.keys);
    let width = if room.titled { 268.0 } else { 176.0 };
    let clicked = if ui.available_width() < width + 8.0 {
        look.icon_button(ui, ICON_SEARCH, &format!("{name} ({keys})")).clicked()
    } else {
        ui.add_space(6.0);
        let (rect, response) = ui.allocate_exact_size(vec2(width, theme::BUTTON), egui::Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        let fill = if response.hovered() { look.roles.hover } else { look.roles.surface };
        ui.painter().rect(rect, theme::CORNER, fill, Stroke::new(1.0, look.roles.line), egui::StrokeKind::Inside);
        look.ring(ui, rect, &response);
        let y = rect.center().y;
        let icon = line_of(&[(ICON_SEARCH.codepoint, theme::icon(16.0), look.roles.text2)], 20.0);
        paint_line(ui, rect.left() + 8.0, y, icon);
        paint_line_right(ui, rect.right() - 8.0, y, line_of(&[(&keys, theme::mono(11.0), look.roles.text2)], 60.0));
        let words = if room.titled { name.clone() } else { look.say(&text!("ui-palette-short")) };
        paint_line(ui, rect.left() + 30.0, y, line_of(&[(&words, theme::plain(13.0), look.roles.text2)], width - 90.0));
        response.on_hover_text(look.say(&(row.tooltip)())).clicked()
    };
    if clicked {
        actions.push(Action::Run(Command::Palette));
    }
}

/// A command as an item of a menu, with its keys at the right. One that is not possible now is grey, and its tooltip says why.
pub(super) fn item(ui: &mut Ui, command: Command, menus: &Menus<'_>, look: &Look, actions: &mut Actions) -> Response {
    let hindrance = command.hindrance(menus.now);
    let response = ui.add_enabled_ui(hindrance.is_none(), |ui| checked_item(ui, command, None, look, actions)).inner;
    match hindrance {
        Some(hindrance) => response.on_disabled_hover_text(look.say(&hindrance)),
        None => response,
    }
}

fn checked_item(ui: &mut Ui, command: Command, on: Option<bool>, look: &Look, actions: &mut Actions) -> Response {
    let row = command.row();
    let name = look.say(&(row.name)());
    let icon = match on {
        Some(true) => ICON_CHECK.codepoint,
        Some(false) => " ",
        None => row.icon.map_or(" ", |icon| icon.codepoint),
    };
    let response = menu_row(ui, icon, &name, &ui.ctx().format_shortcut(&row.keys), look);
    if response.clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
    response.on_hover_text(look.say(&(row.tooltip)()))
}

/// A row of a menu: an icon, a name, and its keys at the right.
pub(super) fn menu_row(ui: &mut Ui, icon: &str, name: &str, keys: &str, look: &Look) -> Response {
    let mut job = egui::text::LayoutJob::default();
    let icon_format = format(if icon == " " { theme::plain(16.0) } else { theme::icon(16.0) }, look.roles.text2);
    let lead = if icon == " " { 16.0 } else { 0.0 };
    job.append(if icon == " " { "" } else { icon }, 0.0, icon_format);
    job.append(name, 8.0 + lead, format(theme::plain(13.0), look.roles.text));
    let keys = RichText::new(keys).font(theme::mono(11.0)).color(look.roles.text2);
    named(ui.add(Button::new(job).right_text(keys)), egui::Role::MenuItem, name)
}

fn programs_menu(ui: &mut Ui, menus: &Menus<'_>, look: &Look, actions: &mut Actions) {
    for command in [Command::StartAll, Command::StartAllHeld, Command::StopAll, Command::StartOrStop, Command::Restart] {
        item(ui, command, menus, look, actions);
    }
    ui.separator();
    for command in [Command::Undo, Command::Redo] {
        item(ui, command, menus, look, actions);
    }
    ui.separator();
    for command in [Command::Duplicate, Command::Rename, Command::MoveUp, Command::MoveDown, Command::Remove] {
        item(ui, command, menus, look, actions);
    }
    ui.separator();
    for command in [Command::CopyScript, Command::SaveScript, Command::CopyAddress] {
        item(ui, command, menus, look, actions);
    }
    ui.separator();
    look.heading(ui, &text!("ui-menu-add"));
    for kind in ProgramKind::ALL {
        if menu_row(ui, " ", &look.say(&kind_name(*kind)), "", look).clicked() {
            actions.push(Action::Add(*kind));
            ui.close();
        }
    }
    ui.separator();
    look.heading(ui, &text!("ui-menu-samples"));
    for topic in lab::Topic::ALL {
        ui.menu_button(look.say(&topic.title()), |ui| {
            for (place, sample) in topic.samples() {
                let row = menu_row(ui, " ", &look.say(&(sample.title)()), "", look);
                if row.on_hover_text(look.say(&(sample.watch)())).clicked() {
                    actions.push(Action::Sample(place));
                    ui.close();
                }
            }
        });
    }
    item(ui, Command::Samples, menus, look, actions);
}

fn view_menu(ui: &mut Ui, menus: &Menus<'_>, look: &Look, actions: &mut Actions) {
    checked_item(ui, Command::Follow, Some(menus.follow), look, actions);
    checked_item(ui, Command::ShowLab, Some(menus.show_lab), look, actions);
    item(ui, Command::Filter, menus, look, actions);
    checked_item(ui, Command::FoldPrograms, Some(menus.settings.layout.rail), look, actions);
    checked_item(ui, Command::FoldForm, Some(menus.settings.layout.form_folded), look, actions);
    ui.separator();
    look.heading(ui, &text!("ui-menu-step"));
    for command in [Command::Step, Command::StepOn, Command::StepToAccept, Command::StepToRecv, Command::StepToError] {
        item(ui, command, menus, look, actions);
    }
    ui.separator();
    look.heading(ui, &text!("ui-menu-theme"));
    for (theme, name) in [
        (egui::ThemePreference::System, text!("ui-theme-system")),
        (egui::ThemePreference::Light, text!("ui-theme-light")),
        (egui::ThemePreference::Dark, text!("ui-theme-dark")),
    ] {
        let icon = if menus.settings.theme == theme { ICON_CHECK.codepoint } else { " " };
        if menu_row(ui, icon, &look.say(&name), "", look).clicked() {
            actions.push(Action::Wear(theme));
            ui.close();
        }
    }
    ui.separator();
    look.heading(ui, &text!("ui-menu-language"));
    for language in Language::ALL {
        let icon = if look.language == language { ICON_CHECK.codepoint } else { " " };
        if menu_row(ui, icon, language.own_name(), "", look).clicked() {
            actions.push(Action::Speak(language));
            ui.close();
        }
    }
    ui.separator();
    for command in [Command::ZoomIn, Command::ZoomOut, Command::ZoomReset] {
        item(ui, command, menus, look, actions);
    }
}

fn tools_menu(ui: &mut Ui, menus: &Menus<'_>, look: &Look, actions: &mut Actions) {
    for row in COMMANDS.iter().filter(|row| row.topic == Topic::Tools) {
        item(ui, row.command, menus, look, actions);
    }
}

fn help_menu(ui: &mut Ui, menus: &Menus<'_>, look: &Look, actions: &mut Actions) {
    for row in COMMANDS.iter().filter(|row| row.topic == Topic::Help) {
        item(ui, row.command, menus, look, actions);
    }
}
