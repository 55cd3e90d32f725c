//! The menu that adds an option: all that fit the program's socket, found by the name in C or by a word of what they do, by mouse or by keyboard alone.

use egui::{
    Button, Frame, Key, Margin, Modifiers, Popup, PopupCloseBehavior, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2,
};
use egui_material_icons::icons::ICON_SEARCH;

use crate::net::Opt;
use crate::text;
use crate::text::Language;
use crate::ui::list;
use crate::ui::look::{Look, line_of, named, paint_line};
use crate::ui::theme;

/// The height of an option: its name, and below it what it does.
const LINE: f32 = 40.0;
/// How many are seen at once.
const SEEN: f32 = 6.0;
/// The width of the menu.
const WIDTH: f32 = 400.0;

/// What was typed into the menu, and which option is chosen.
#[derive(Debug, Default)]
pub(super) struct OptionMenu {
    query: String,
    chosen: usize,
}

/// How well `query` finds `option`, less is better: all its words stand in the name, or in the sentence of either language; none where they do not.
fn rank(option: &Opt, query: &str, language: Language) -> Option<u8> {
    let name = option.name.to_lowercase();
    let query = query.to_lowercase();
    if query.split_whitespace().all(|word| name.contains(word)) {
        return Some(0);
    }
    let about = option.explanation();
    let sentences = [Language::English, language].map(|language| about.in_language(language).to_lowercase());
    let stands = |word: &str| name.contains(word) || sentences.iter().any(|sentence| sentence.contains(word));
    query.split_whitespace().all(stands).then_some(1)
}

/// Those of `options` that `query` finds, the best first; else in their order.
fn found(options: &[&'static Opt], query: &str, language: Language) -> Vec<&'static Opt> {
    let mut ranked = options.iter().filter_map(|option| Some((rank(option, query, language)?, *option))).collect::<Vec<_>>();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, option)| option).collect()
}

impl OptionMenu {
    /// Draws what opens the menu, and the menu while it is open; returns the option that was chosen among `offered`.
    pub(super) fn show(&mut self, ui: &mut Ui, offered: &[&'static Opt], enabled: bool, look: &Look) -> Option<&'static Opt> {
        let name = look.say(&text!("ui-option-add"));
        let button = Button::new(RichText::new(&name).font(theme::plain(12.0))).min_size(vec2(0.0, theme::FIELD));
        let response = named(ui.add_enabled(enabled, button), Role::Button, &name).on_hover_text(look.say(&text!("ui-option-add-tip")));
        if response.clicked() {
            *self = Self::default();
        }
        let mut chosen = None;
        Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut options = found(offered, &self.query, look.language);
            let moved = list::choose(ui.ctx(), &mut self.chosen, options.len(), 5);
            let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            if self.field(ui, look) {
                options = found(offered, &self.query, look.language);
            }
            let height = SEEN * LINE;
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, false]).show(ui, |ui| {
                for (place, option) in options.iter().enumerate() {
                    let is_chosen = place == self.chosen;
                    let response = draw(ui, option, is_chosen, look);
                    if is_chosen && moved {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() || entered && is_chosen {
                        chosen = Some(*option);
                    }
                }
                if options.is_empty() {
                    let none = look.say(&text!("ui-option-none-found"));
                    Frame::new().inner_margin(Margin::same(8)).show(ui, |ui| look.secondary(ui, none));
                }
            });
            if chosen.is_some() {
                ui.close();
            }
        });
        chosen
    }

    /// The field that is searched by, which keeps the keyboard; returns whether its text was changed.
    fn field(&mut self, ui: &mut Ui, look: &Look) -> bool {
        let name = look.say(&text!("ui-option-search"));
        let icon = RichText::new(ICON_SEARCH.codepoint).font(theme::icon(15.0)).color(look.roles.text2);
        let hint = RichText::new(&name).font(theme::plain(12.0)).color(look.roles.text2);
        let field = TextEdit::singleline(&mut self.query).prefix(icon).hint_text(hint).desired_width(f32::INFINITY);
        let frame = Frame::new().inner_margin(Margin::symmetric(6, 4));
        let response = frame.show(ui, |ui| ui.add(field.frame(Frame::NONE)).accessible_name(&name)).inner;
        ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), egui::Stroke::new(1.0, look.roles.line));
        let changed = response.changed();
        if changed {
            self.chosen = 0;
        }
        response.request_focus();
        changed
    }
}

fn draw(ui: &mut Ui, option: &Opt, chosen: bool, look: &Look) -> egui::Response {
    let roles = look.roles;
    let about = look.say(&option.explanation());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, format!("{}: {about}", option.name)));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    look.row(ui, rect, chosen, response.hovered());
    let (left, room) = (rect.left() + 10.0, rect.width() - 20.0);
    paint_line(ui, left, rect.top() + 12.0, line_of(&[(option.name, theme::mono(12.0), roles.text)], room));
    paint_line(ui, left, rect.top() + 28.0, line_of(&[(&about, theme::plain(11.0), roles.text2)], room));
    response.on_hover_text(about)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::option::OPTIONS;

    #[test]
    fn every_option_is_found_first_by_its_name_and_by_words_of_what_it_does() {
        let all = OPTIONS.iter().collect::<Vec<_>>();
        for language in Language::ALL {
            for option in OPTIONS {
                assert!(found(&all, &option.name.to_lowercase(), language).contains(&option), "{} in {language}", option.name);
                assert_eq!(rank(option, &option.name.replace('_', " "), language), Some(0), "{}", option.name);
            }
            assert_eq!(found(&all, "nagle", language)[0].name, "TCP_NODELAY");
            assert!(found(&all, "parsecs", language).is_empty());
            assert_eq!(found(&all, "", language), all);
        }
        for words in ["得到确认 RST", "acknowledged RST"] {
            assert!(found(&all, words, Language::Chinese).iter().any(|option| option.name == "SO_LINGER"), "{words}");
        }
        assert_eq!(found(&all, "keep", Language::English)[0].name, "SO_KEEPALIVE", "names come before sentences");
    }
}
