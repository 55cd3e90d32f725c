//! The palette: every command, program and sample lab, found by a few letters of its name in either language.

use egui::{Align2, Context, Frame, Key, Margin, Modifiers, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{ICON_ADD, ICON_FOLDER_OPEN, ICON_LAN, ICON_SEARCH};

use super::command::{Action, Actions, COMMANDS, Command, Row};
use super::list;
use super::look::{Look, line_of, paint_line, paint_line_right};
use super::now::Now;
use super::overlay;
use super::program_list::{kind_name, phase_name};
use super::scene::Scene;
use super::theme;
use crate::lab::SAMPLES;
use crate::program::ProgramKind;
use crate::text;
use crate::text::{Language, Message};

/// The height of an entry.
const LINE: f32 = 28.0;

/// What was typed, and which entry is chosen.
#[derive(Debug, Default)]
pub(crate) struct Palette {
    query: String,
    chosen: usize,
}

/// Something that can be run.
#[derive(Debug)]
struct Entry {
    icon: Option<MaterialIcon>,
    /// What it is called, in the language of the person.
    name: String,
    /// What else finds it: the same in English.
    english: String,
    /// What it is about, or why it is not possible now.
    about: String,
    keys: String,
    possible: bool,
    action: Action,
}

impl Entry {
    fn new(name: &Message, about: String, icon: Option<MaterialIcon>, action: Action, look: &Look) -> Self {
        let english = name.in_language(Language::English);
        Self { icon, name: look.say(name), english, about, keys: String::new(), possible: true, action }
    }

    /// A command, with its keys written by `format`.
    fn of_command(row: &Row, now: &Now, look: &Look, keys: String) -> Self {
        let hindrance = row.command.hindrance(now);
        let about = look.say(&hindrance.clone().unwrap_or_else(|| row.topic.name()));
        let new = Self::new(&(row.name)(), about, row.icon, Action::Run(row.command), look);
        Self { keys, possible: hindrance.is_none(), ..new }
    }

    /// How well `query` finds it; none where it does not.
    fn score(&self, query: &str) -> Option<i32> {
        let other = (self.english != self.name).then(|| score(query, &self.english)).flatten();
        score(query, &self.name).max(other)
    }

    /// What a screen reader says.
    fn spoken(&self) -> String {
        [&self.name, &self.about, &self.keys].into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// Everything there is to run.
fn entries(ctx: &Context, scene: &Scene, now: &Now, look: &Look) -> Vec<Entry> {
    let mut entries = Vec::new();
    // Programs are listed by their names.
    for row in COMMANDS.iter().filter(|row| row.command != Command::Palette && row.command.place().is_none()) {
        entries.push(Entry::of_command(row, now, look, ctx.format_shortcut(&row.keys)));
    }
    for (place, line) in scene.programs.iter().enumerate() {
        let (name, action) = (text!("ui-palette-program", program = line.spec.name.as_str()), Action::Choose(line.spec.name.clone()));
        let about = format!("{}, {}", look.say(&kind_name(line.spec.kind)), look.say(&phase_name(line)));
        let keys = Command::of_place(place).map(|row| ctx.format_shortcut(&row.keys)).unwrap_or_default();
        entries.push(Entry { keys, ..Entry::new(&name, about, Some(ICON_LAN), action, look) });
    }
    for (place, sample) in SAMPLES.iter().enumerate() {
        let name = text!("ui-palette-sample", lab = (sample.title)());
        entries.push(Entry::new(&name, look.say(&(sample.watch)()), Some(ICON_FOLDER_OPEN), Action::Sample(place), look));
    }
    for kind in ProgramKind::ALL {
        let name = text!("ui-palette-add", kind = kind_name(*kind));
        entries.push(Entry::new(&name, look.say(&text!("ui-menu-programs")), Some(ICON_ADD), Action::Add(*kind), look));
    }
    entries
}

/// How well `query` finds `text`: each of its words has to stand in it, its letters in their order. More is better.
fn score(query: &str, text: &str) -> Option<i32> {
    let text = text.to_lowercase().chars().collect::<Vec<_>>();
    query.to_lowercase().split_whitespace().map(|word| score_word(word, &text)).sum()
}

fn score_word(word: &str, text: &[char]) -> Option<i32> {
    let begins = |place: usize| place.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|before| !before.is_alphanumeric());
    let first = word.chars().next()?;
    // From every place where the first letter stands: `ex` in "next exit" is the second word's.
    let starts = text.iter().enumerate().filter(|(_, letter)| **letter == first).map(|(place, _)| place);
    let from = |start: usize| {
        let (mut sum, mut at) = (0, start);
        for letter in word.chars() {
            let skipped = text.get(at..)?.iter().position(|known| *known == letter)?;
            let place = at + skipped;
            // Letters in a row find better than the beginnings of as many words do.
            sum += match (begins(place), skipped) {
                (true, 0) => 12,
                (_, 0) if place > start => 10,
                (true, _) => 8,
                (_, 0) => 4,
                _ => 1 - i32::try_from(skipped).unwrap_or(i32::MAX).min(6),
            };
            at = place + 1;
        }
        Some(sum * 4 - i32::try_from(start).unwrap_or(i32::MAX).min(40))
    };
    starts.filter_map(from).max()
}

/// Those of `entries` that `query` finds, the best first; all in their order where it is empty.
fn found(entries: Vec<Entry>, query: &str) -> Vec<Entry> {
    let mut scored = entries.into_iter().filter_map(|entry| Some((entry.score(query)?, entry))).collect::<Vec<_>>();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, entry)| entry).collect()
}

impl Palette {
    /// Draws it; returns whether it is to be put away.
    pub(crate) fn show(&mut self, ctx: &Context, scene: &Scene, now: &Now, look: &Look, actions: &mut Actions) -> bool {
        let entries = found(entries(ctx, scene, now, look), &self.query);
        let moved = list::choose(ctx, &mut self.chosen, entries.len(), 10);
        let entered = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let mut run = entered.then_some(self.chosen);
        let size = ctx.content_rect().size();
        let response = overlay::modal("palette", look).area(overlay::below_top("palette")).show(ctx, |ui| {
            ui.set_width(560.0_f32.min(size.x - 40.0));
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            self.field(ui, look);
            ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), egui::Stroke::new(1.0, look.roles.line));
            Frame::new().inner_margin(Margin::symmetric(0, 4)).show(ui, |ui| {
                let height = (size.y - 140.0).clamp(150.0, 14.0 * LINE);
                ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
                    for (place, entry) in entries.iter().enumerate() {
                        let chosen = place == self.chosen;
                        let response = draw(ui, entry, chosen, look);
                        if chosen && moved {
                            response.scroll_to_me(None);
                        }
                        if response.clicked() {
                            run = Some(place);
                        }
                    }
                    if entries.is_empty() {
                        Frame::new().inner_margin(Margin::same(12)).show(ui, |ui| look.secondary(ui, look.say(&text!("ui-palette-none"))));
                    }
                });
            });
        });
        let chosen = run.and_then(|place| entries.into_iter().nth(place)).filter(|entry| entry.possible);
        let closed = chosen.is_some() || response.should_close();
        actions.extend(chosen.map(|entry| entry.action));
        closed
    }

    fn field(&mut self, ui: &mut Ui, look: &Look) {
        let name = look.say(&text!("ui-command-palette"));
        let icon = RichText::new(ICON_SEARCH.codepoint).font(theme::icon(16.0)).color(look.roles.text2);
        let hint = RichText::new(&name).color(look.roles.text2);
        let field = TextEdit::singleline(&mut self.query).prefix(icon).hint_text(hint).desired_width(f32::INFINITY);
        let frame = Frame::new().inner_margin(Margin::symmetric(12, 8));
        let response = frame.show(ui, |ui| ui.add(field.frame(Frame::NONE)).accessible_name(&name)).inner;
        if response.changed() {
            self.chosen = 0;
        }
        response.request_focus();
    }
}

fn draw(ui: &mut Ui, entry: &Entry, chosen: bool, look: &Look) -> egui::Response {
    let roles = look.roles;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, entry.possible, chosen, entry.spoken()));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    look.row(ui, rect, chosen, response.hovered());
    let (text, second) = if entry.possible { (roles.text, roles.text2) } else { (roles.disabled, roles.disabled) };
    let y = rect.center().y;
    if let Some(icon) = entry.icon {
        ui.painter().text(pos2(rect.left() + 22.0, y), Align2::CENTER_CENTER, icon.codepoint, theme::icon(16.0), second);
    }
    let right = rect.right() - 14.0;
    paint_line_right(ui, right, y, line_of(&[(&entry.keys, theme::mono(11.0), second)], 140.0));
    let end = paint_line(ui, rect.left() + 40.0, y, line_of(&[(&entry.name, theme::plain(13.0), text)], 330.0));
    let room = right - end - 24.0 - if entry.keys.is_empty() { 0.0 } else { entry.keys.chars().count() as f32 * 6.6 + 12.0 };
    paint_line(ui, end + 12.0, y, line_of(&[(&entry.about, theme::plain(12.0), second)], room.max(0.0)));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(language: Language) -> Vec<Entry> {
        let ctx = Context::default();
        let scene = Scene::still(&std::sync::Arc::new(crate::trace::Store::new(1 << 16)), Vec::new(), 0);
        let look = Look { language, roles: theme::roles(egui::Theme::Light) };
        entries(&ctx, &scene, &Now::default(), &look)
    }

    #[test]
    fn every_command_is_found_by_its_name_in_either_language() {
        for language in Language::ALL {
            for row in COMMANDS.iter().filter(|row| row.command != Command::Palette && row.command.place().is_none()) {
                for spoken in [Language::English, language] {
                    let found = found(all(language), &(row.name)().in_language(spoken));
                    let action = found.first().map(|entry| entry.action.clone());
                    assert_eq!(action, Some(Action::Run(row.command)), "{:?} in {language} by {spoken}", row.command);
                    let keys = egui::Context::default().format_shortcut(&row.keys);
                    assert_eq!(found[0].keys, keys);
                }
            }
        }
    }

    #[test]
    fn a_command_that_is_not_possible_says_why() {
        for language in Language::ALL {
            for entry in all(language) {
                let Action::Run(command) = entry.action else { continue };
                assert_eq!(entry.possible, command.hindrance(&Now::default()).is_none());
                if let Some(hindrance) = command.hindrance(&Now::default()) {
                    assert_eq!(entry.about, hindrance.in_language(language));
                }
            }
        }
        assert!(all(Language::English).iter().any(|entry| !entry.possible));
    }

    #[test]
    fn letters_in_their_order_find_and_beginnings_find_best() {
        assert!(score("sta", "Start all") > score("sta", "Restart"));
        assert!(score("sa", "Start all") > score("sa", "Was"));
        assert!(score("chat", "Open sample: Chat") > score("chat", "Open sample: First echo: a TCP server"));
        assert_eq!(score("xyz", "Start all"), None);
        assert!(score("all start", "Start all").is_some(), "words stand in any order");
        assert!(score("", "anything").is_some());
        assert!(score("启动", "全部启动").is_some());
        assert!(score("exit", "next exit").is_some());
    }
}
