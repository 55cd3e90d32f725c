//! The field of the filter: what may stand next is offered below it, what is wrong is told beside it.

use egui::text::{CCursor, CCursorRange};
use egui::{Event, EventFilter, Key, Margin, Modifiers, Popup, PopupCloseBehavior, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};
use egui_material_icons::icons::{ICON_BOOKMARKS, ICON_CANCEL, ICON_CHECK, ICON_CLOSE, ICON_EDIT, ICON_FILTER_LIST};

use super::Log;
use crate::text;
use crate::trace::Names;
use crate::trace::filter::{Suggestions, suggest};
use crate::ui::command::Command;
use crate::ui::look::Look;
use crate::ui::theme;

/// What is offered below the field.
#[derive(Debug, Default)]
pub(super) struct Offer {
    open: bool,
    /// The one that Enter takes.
    at: Option<usize>,
    /// A name that is typed for the filter.
    name: String,
    /// Whether the last frame showed a list of what is offered.
    shown: bool,
    /// The saved filter that gets another name, and that name as it is typed.
    renamed: Option<(String, String)>,
}

/// The id of the filter's field, so that a key can put the cursor there.
pub(crate) fn filter_id() -> egui::Id {
    egui::Id::unique("log filter")
}

/// The id of the menu of saved filters.
fn saved_id() -> egui::Id {
    egui::Id::unique("log filters")
}

/// What a key does with what is offered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pressed {
    Down,
    Up,
    Take,
    Close,
}

impl Log {
    /// Draws the field, from the right to the left; with `folded`, only its icon while it is empty and nobody types in it.
    pub(crate) fn filter_field(&mut self, ui: &mut Ui, folded: bool, names: &Names, look: &Look) {
        let roles = look.roles;
        let name = look.say(&text!("ui-command-filter"));
        let had_focus = ui.memory(|memory| memory.has_focus(filter_id()));
        let is_used = had_focus || self.offer.shown || !self.filter.is_empty() || Popup::is_id_open(ui.ctx(), saved_id());
        if folded && !is_used {
            let tip = format!("{name} ({})", ui.ctx().format_shortcut(&Command::Filter.row().keys));
            let icon = look.icon_button(ui, ICON_FILTER_LIST, &name);
            if icon.on_hover_text(tip).clicked() {
                ui.memory_mut(|memory| memory.request_focus(filter_id()));
                ui.ctx().request_repaint();
            }
            return;
        }
        self.saved_filters(ui, look);
        if !self.filter.is_empty() && look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-filter-clear"))).clicked() {
            self.filter.clear();
            self.apply_filter();
        }
        let cursor = egui::TextEdit::load_state(ui.ctx(), filter_id()).and_then(|state| state.cursor.char_range());
        let cursor = cursor.map_or_else(|| self.filter.chars().count(), |range| range.primary.index.into());
        let offered = if had_focus && self.offer.open { suggest(&self.filter, cursor, names) } else { Suggestions::default() };
        let pressed = if had_focus { pressed(ui, !offered.texts.is_empty(), self.offer.at.is_some()) } else { None };
        let mut taken = self.offered(pressed, &offered);
        let width = (ui.available_width() - 150.0).clamp(120.0, 260.0);
        let prefix = RichText::new(ICON_FILTER_LIST.codepoint).font(theme::icon(14.0)).color(roles.text2);
        let hint = RichText::new(&name).font(theme::plain(12.0)).color(roles.text2);
        let field = TextEdit::singleline(&mut self.filter).id(filter_id()).font(theme::mono(12.0)).prefix(prefix).hint_text(hint);
        let field = field.desired_width(width).margin(Margin::symmetric(6, 2)).min_size(vec2(0.0, theme::FIELD));
        // While something is offered, Tab takes it and Escape closes the list: neither leaves the field.
        let open = !offered.texts.is_empty();
        let keys = EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: open, escape: open };
        let response = ui.add(field.event_filter(keys).align(egui::Align2::LEFT_CENTER)).accessible_name(&name);
        if response.changed() {
            self.offer.open = true;
            self.offer.at = None;
            self.apply_filter();
        }
        self.offer.shown = false;
        if open {
            let popup = Popup::from_response(&response).id(filter_id().with("offer")).open(true);
            let popup = popup.close_behavior(PopupCloseBehavior::IgnoreClicks).width(width);
            let shown = popup.show(|ui| list(ui, &offered, self.offer.at, look));
            if let Some(shown) = shown {
                taken = taken.or(shown.inner);
                self.offer.shown = response.has_focus() || shown.response.contains_pointer();
                if !response.has_focus() && !shown.response.contains_pointer() {
                    self.offer.open = false;
                }
            }
        }
        if let Some(at) = taken {
            self.take(ui, &offered, at);
            response.request_focus();
        }
        match &self.filter_error {
            None => drop(response.on_hover_text(look.say(&text!("ui-filter-tip")))),
            Some(error) => {
                let error = look.say(error);
                response.on_hover_text(&error);
                let label = egui::Label::new(RichText::new(&error).font(theme::plain(12.0)).color(roles.error)).truncate();
                ui.add(label).on_hover_text(&error);
                ui.label(RichText::new(ICON_CANCEL.codepoint).font(theme::icon(13.0)).color(roles.error));
            }
        }
    }

    /// Does what a key asks for; returns which of the texts is taken.
    fn offered(&mut self, pressed: Option<Pressed>, offered: &Suggestions) -> Option<usize> {
        let count = offered.texts.len();
        match pressed? {
            Pressed::Down if count == 0 => self.offer = Offer { open: true, at: Some(0), ..std::mem::take(&mut self.offer) },
            Pressed::Down => self.offer.at = Some(self.offer.at.map_or(0, |at| (at + 1) % count)),
            Pressed::Up if count > 0 => self.offer.at = Some(self.offer.at.map_or(count - 1, |at| (at + count - 1) % count)),
            Pressed::Take if count > 0 => return Some(self.offer.at.unwrap_or(0).min(count - 1)),
            Pressed::Up | Pressed::Take => {}
            Pressed::Close => self.offer.open = false,
        }
        None
    }

    /// Puts the text that was taken into the field, and the cursor behind it.
    fn take(&mut self, ui: &Ui, offered: &Suggestions, at: usize) {
        let Some(text) = offered.texts.get(at).filter(|_| self.filter.get(offered.replaces.clone()).is_some()) else { return };
        let whole = if text.ends_with(':') || self.filter.get(offered.replaces.end..).is_some_and(|rest| rest.starts_with(' ')) {
            text.clone()
        } else {
            format!("{text} ")
        };
        self.filter.replace_range(offered.replaces.clone(), &whole);
        let end = self.filter.get(..offered.replaces.start + whole.len()).map_or(0, |before| before.chars().count());
        let mut state = TextEdit::load_state(ui.ctx(), filter_id()).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(end))));
        TextEdit::store_state(ui.ctx(), filter_id(), state);
        self.offer.at = None;
        // Behind a key its values are offered.
        self.offer.open = whole.ends_with(':');
        self.apply_filter();
    }

    /// The menu of filters that were given a name.
    fn saved_filters(&mut self, ui: &mut Ui, look: &Look) {
        let button = look.icon_button(ui, ICON_BOOKMARKS, &look.say(&text!("ui-filter-saved")));
        let popup = Popup::menu(&button).id(saved_id()).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        popup.show(|ui| {
            ui.set_min_width(260.0);
            let filter = self.filter.trim().to_owned();
            let kept = self.kept.get_or_insert_default();
            look.heading(ui, &text!("ui-filter-saved-heading"));
            if kept.filters.is_empty() {
                look.secondary(ui, look.say(&text!("ui-filter-saved-none")));
            }
            let (mut chosen, mut removed, mut begun, mut done) = (None, None, None, false);
            for (place, (name, filter)) in kept.filters.iter().enumerate() {
                ui.horizontal(|ui| {
                    if look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-filter-forget", name = name.as_str()))).clicked() {
                        removed = Some(place);
                    }
                    let rename = look.say(&text!("ui-filter-rename", name = name.as_str()));
                    if let Some((_, new)) = self.offer.renamed.as_mut().filter(|(old, _)| old == name) {
                        let field = ui.add(TextEdit::singleline(new).char_limit(60).desired_width(180.0)).accessible_name(&rename);
                        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                        if look.icon_button(ui, ICON_CHECK, &look.say(&text!("ui-filter-rename-keep"))).clicked() || entered {
                            done = true;
                        }
                        return;
                    }
                    if look.icon_button(ui, ICON_EDIT, &rename).clicked() {
                        begun = Some(name.clone());
                    }
                    if ui.button(name).on_hover_text(RichText::new(filter).font(theme::mono(12.0))).clicked() {
                        chosen = Some(filter.clone());
                        ui.close();
                    }
                });
            }
            ui.separator();
            let label = look.say(&text!("ui-filter-name"));
            let ready = !filter.is_empty() && self.filter_error.is_none();
            ui.add_enabled_ui(ready, |ui| {
                let field = TextEdit::singleline(&mut self.offer.name).hint_text(&label).char_limit(60).desired_width(180.0);
                let field = ui.add(field).accessible_name(&label).on_disabled_hover_text(look.say(&text!("ui-filter-name-first")));
                let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                if (ui.button(look.say(&text!("ui-filter-keep"))).clicked() || entered) && !self.offer.name.trim().is_empty() {
                    kept.keep_filter(&self.offer.name, &filter);
                    self.offer.name.clear();
                }
            });
            if let Some((old, new)) = self.offer.renamed.take_if(|_| done) {
                kept.rename_filter(&old, &new);
            }
            if let Some(name) = begun {
                self.offer.renamed = Some((name.clone(), name));
            }
            if let Some(place) = removed.filter(|place| *place < kept.filters.len()) {
                kept.filters.remove(place);
            }
            if let Some(filter) = chosen {
                self.filter = filter;
                self.apply_filter();
            }
        });
    }
}

/// Takes the keys that are for what is offered out of the input, before the field sees them.
fn pressed(ui: &Ui, open: bool, at: bool) -> Option<Pressed> {
    let mut keys = vec![(Key::ArrowDown, Pressed::Down)];
    if open {
        keys.extend([(Key::ArrowUp, Pressed::Up), (Key::Tab, Pressed::Take), (Key::Escape, Pressed::Close)]);
    }
    if at {
        keys.push((Key::Enter, Pressed::Take));
    }
    ui.input_mut(|input| {
        let pressed = keys.into_iter().find(|(key, _)| input.consume_key(Modifiers::NONE, *key)).map(|(_, pressed)| pressed);
        if pressed == Some(Pressed::Take) {
            // A Tab comes as text too.
            input.events.retain(|event| !matches!(event, Event::Text(text) if text == "\t"));
        }
        pressed
    })
}

/// Draws what is offered; returns which was clicked.
fn list(ui: &mut Ui, offered: &Suggestions, at: Option<usize>, look: &Look) -> Option<usize> {
    let mut clicked = None;
    for (place, text) in offered.texts.iter().enumerate() {
        let response = ui.selectable_label(at == Some(place), RichText::new(text).font(theme::mono(12.0)));
        let name = look.say(&text!("ui-filter-offer", text = text.as_str()));
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, at == Some(place), &name));
        if response.clicked() {
            clicked = Some(place);
        }
    }
    clicked
}
