//! The options of a socket: what was asked, what the kernel has, what a fresh socket here has; when each acts, who inherits it, which systems have it.
//!
//! Derived from the rows in which options were set and read, so that a recording shows it as a run does. What the kernel has is read by the lab when a socket
//! is chosen, and when a person asks for it: never while a frame is drawn.

mod answer;
mod scale;
mod subject;
mod table;

use std::collections::BTreeSet;

use egui::{ComboBox, Role, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons::ICON_REFRESH;

use self::subject::{Around, Cells, Of, Subject};
use self::table::Columns;
use super::command::{Action, Actions};
use super::counting::Counted;
use super::look::{Look, inset, named, paint_open};
use super::scene::Scene;
use super::theme;
use crate::lab::Surroundings;
use crate::net::Opt;
use crate::net::option::{Level, OPTIONS};
use crate::program::Command;
use crate::text;
use crate::text::Message;
use crate::trace::{Family, SocketId, Value};

/// How many are offered to choose from.
const MOST_OFFERED: usize = 200;
/// The widths of the choices of sockets and of the field that searches, in points: side by side in a window 1280 wide with details open.
const COMBO: f32 = 150.0;
const SEARCH: f32 = 112.0;

/// What is typed into the field of the open row.
#[derive(Debug, Default)]
struct Draft {
    text: String,
    error: Option<Message>,
}

/// What is to be done.
enum Answer {
    /// Set the option on the socket, or ask for it when it is made.
    Set(Value),
    /// Ask for it in the program's form and start it anew.
    Restart(String, Value),
    /// Show this row.
    Row(u64),
}

/// Where the view stands.
#[derive(Debug)]
pub(crate) struct OptionsView {
    chosen: Option<Of>,
    /// Another socket, or the same as it was.
    beside: Option<Of>,
    /// Before which row the socket is looked at, where it is compared with what it was before that; none for now.
    until: Option<u64>,
    search: String,
    changed_only: bool,
    changed_first: bool,
    open: Option<&'static str>,
    draft: Draft,
    /// The sockets whose options the lab was asked to read.
    read: BTreeSet<SocketId>,
}

impl Default for OptionsView {
    fn default() -> Self {
        Self {
            chosen: None,
            beside: None,
            until: None,
            search: String::new(),
            changed_only: false,
            changed_first: true,
            open: None,
            draft: Draft::default(),
            read: BTreeSet::new(),
        }
    }
}

/// What the view is drawn from.
pub(crate) struct Matter<'frame> {
    pub(crate) scene: &'frame Scene,
    pub(crate) counted: &'frame Counted,
    pub(crate) around: &'frame Surroundings,
    pub(crate) family: &'frame dyn Fn(&str) -> Option<Family>,
    /// The program that is chosen.
    pub(crate) program: Option<&'frame str>,
}

impl OptionsView {
    /// Shows this socket from now on.
    pub(crate) fn choose(&mut self, socket: SocketId) {
        self.chosen = Some(Of::Socket(socket));
    }

    /// Draws the choice of sockets and the table. The number of a row that was clicked is returned.
    pub(crate) fn show(&mut self, ui: &mut Ui, matter: &Matter<'_>, look: &Look, actions: &mut Actions) -> Option<u64> {
        let around = Around::new(matter.scene, matter.counted, matter.around, matter.family);
        let chosen = self.chosen.clone().filter(|of| around.subject(of).is_some()).or_else(|| around.first(matter.program));
        let Some((of, subject)) = chosen.and_then(|of| around.subject(&of).map(|subject| (of, subject))) else {
            ui.add_space(24.0);
            ui.vertical_centered(|ui| look.secondary(ui, look.say(&text!("ui-options-none"))));
            return None;
        };
        let subjects = self.subjects(&of, subject, &around);
        self.head(ui, &around, (&of, &subjects), look);
        self.ask(&subjects, matter.scene, actions);
        let names = subjects.iter().map(|subject| around.name(&subject.of, look)).collect::<Vec<_>>();
        // Room for the bar that scrolls.
        let columns = Columns::of(ui.available_width() - 14.0, subjects.len());
        table::heads(ui, columns, &names, look);
        let mut done = None;
        ScrollArea::vertical().id_salt("options").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut is_empty = true;
            for level in Level::ALL {
                let rows = self.rows(*level, &around, &subjects, look);
                if rows.is_empty() {
                    continue;
                }
                is_empty = false;
                heading(ui, *level, look);
                for (option, cells) in rows {
                    done = self
                        .row(ui, option, &cells, (&around, &subjects, columns), look)
                        .map(|(place, done)| (option, place, done))
                        .or_else(|| done.take());
                }
            }
            if is_empty {
                ui.add_space(18.0);
                ui.vertical_centered(|ui| look.secondary(ui, look.say(&text!("ui-options-nothing"))));
            }
        });
        let (option, place, answer) = done?;
        self.act((option, answer), subjects.get(place)?, matter.scene, actions)
    }

    /// What is looked at, and with what it is compared.
    fn subjects<'frame>(&self, of: &Of, subject: Subject<'frame>, around: &Around<'frame>) -> Vec<Subject<'frame>> {
        let beside = self.beside.as_ref().filter(|beside| *beside != of && subject.can_be_beside(beside));
        let Some((beside, other)) = beside.and_then(|beside| Some((beside, around.subject(beside)?))) else { return vec![subject] };
        let until = match (of, beside, self.until) {
            (Of::Socket(socket), Of::Past(_, from), Some(until)) if until > *from => around.subject(&Of::Past(*socket, until)),
            _ => None,
        };
        vec![until.unwrap_or(subject), other]
    }

    /// What is looked at, and with what it is compared.
    fn head(&mut self, ui: &mut Ui, around: &Around<'_>, (of, subjects): (&Of, &[Subject<'_>]), look: &Look) {
        let all = around.all();
        ui.add_space(4.0);
        inset(ui, |ui| {
            let mut chosen = of.clone();
            let name = look.say(&text!("ui-options-which"));
            let combo = ComboBox::from_id_salt("options of").selected_text(around.name(&chosen, look)).icon(paint_open).width(COMBO);
            let response = combo.show_ui(ui, |ui| {
                for of in all.iter().take(MOST_OFFERED) {
                    ui.selectable_value(&mut chosen, of.clone(), around.name(of, look));
                }
            });
            named(response.response, Role::ComboBox, &name).on_hover_text(look.say(&text!("ui-options-which-tip")));
            if chosen != *of {
                self.chosen = Some(chosen);
            }
            look.secondary(ui, look.say(&text!("ui-options-with")));
            let mut beside = subjects.get(1).map(|subject| subject.of.clone());
            let past = if let Of::Socket(socket) = of { around.past(*socket, look) } else { Vec::new() };
            let none = look.say(&text!("ui-options-with-none"));
            let words = beside.as_ref().map_or_else(|| none.clone(), |of| around.name(of, look));
            let combo = ComboBox::from_id_salt("options beside").selected_text(words).icon(paint_open).width(COMBO);
            let response = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut beside, None, &none);
                for other in all.iter().filter(|other| *other != of && matches!(other, Of::Socket(_))).take(MOST_OFFERED) {
                    ui.selectable_value(&mut beside, Some(other.clone()), around.name(other, look));
                }
                for (n, words) in &past {
                    let Of::Socket(socket) = of else { continue };
                    ui.selectable_value(&mut beside, Some(Of::Past(*socket, *n)), words);
                }
            });
            let name = look.say(&text!("ui-options-beside"));
            named(response.response, Role::ComboBox, &name).on_hover_text(look.say(&text!("ui-options-beside-tip")));
            if let Some(Of::Past(_, from)) = &beside {
                self.until(ui, *from, &past, look);
            }
            self.beside = beside;
            let is_open = subjects.iter().any(Subject::is_open) && !around.scene.is_recorded();
            let refresh = ui.add_enabled_ui(is_open, |ui| look.icon_button(ui, ICON_REFRESH, &look.say(&text!("ui-options-refresh"))));
            if refresh.inner.clicked() {
                self.read.clear();
            }
            self.search(ui, look);
        });
        ui.add_space(4.0);
    }

    /// Up to which row the socket is compared with what it was before row `from`.
    fn until(&mut self, ui: &mut Ui, from: u64, past: &[(u64, String)], look: &Look) {
        let (name, now) = (look.say(&text!("ui-options-until")), look.say(&text!("ui-options-now")));
        let later = past.iter().filter(|(n, _)| *n > from).collect::<Vec<_>>();
        let chosen = later.iter().find(|(n, _)| Some(*n) == self.until);
        let words = chosen.map_or(&now, |(_, words)| words);
        look.secondary(ui, look.say(&text!("ui-options-and")));
        let combo = ComboBox::from_id_salt("options until").selected_text(words).icon(paint_open).width(110.0);
        let response = combo.show_ui(ui, |ui| {
            ui.selectable_value(&mut self.until, None, &now);
            for (n, words) in &later {
                ui.selectable_value(&mut self.until, Some(*n), words);
            }
        });
        named(response.response, Role::ComboBox, &name).on_hover_text(look.say(&text!("ui-options-until-tip")));
    }

    /// Which of all options are shown, and in which order.
    fn search(&mut self, ui: &mut Ui, look: &Look) {
        let name = look.say(&text!("ui-options-search"));
        let boxes = [text!("ui-options-first"), text!("ui-options-only")].map(|words| look.say(&words));
        // They stay together: where they do not fit beside the sockets, they stand below.
        let width = |words: &String| {
            let spacing = ui.spacing();
            let words = ui.painter().layout_no_wrap(words.clone(), theme::plain(13.0), look.roles.text).size().x;
            spacing.item_spacing.x + spacing.icon_width + spacing.icon_spacing + words
        };
        if ui.available_size_before_wrap().x < SEARCH + boxes.iter().map(width).sum::<f32>() {
            ui.end_row();
        }
        // It keeps the keyboard when a card opens beside it.
        let id = egui::Id::unique("option search");
        let field = TextEdit::singleline(&mut self.search).id(id).hint_text(&name).desired_width(SEARCH);
        ui.add(field).accessible_name(&name).on_hover_text(look.say(&text!("ui-options-search-tip")));
        let [first, only] = boxes;
        ui.checkbox(&mut self.changed_first, first).on_hover_text(look.say(&text!("ui-options-first-tip")));
        ui.checkbox(&mut self.changed_only, only).on_hover_text(look.say(&text!("ui-options-only-tip")));
    }

    /// Has the lab read what is shown and was not read yet.
    fn ask(&mut self, subjects: &[Subject<'_>], scene: &Scene, actions: &mut Actions) {
        for subject in subjects.iter().filter(|subject| subject.is_open() && !scene.is_recorded()) {
            if let (Of::Socket(socket), Some(line)) = (&subject.of, subject.line)
                && self.read.insert(*socket)
            {
                actions.push(Action::Tell(line.spec.name.clone(), Command::ReadOptions(*socket)));
            }
        }
    }

    /// The options of a level that are shown, with what is known of each.
    fn rows(&self, level: Level, around: &Around<'_>, subjects: &[Subject<'_>], look: &Look) -> Vec<(&'static Opt, Vec<Cells>)> {
        let search = self.search.trim().to_lowercase();
        let is_found = |option: &Opt| {
            let words = || look.say(&option.explanation()).to_lowercase();
            search.is_empty() || option.name.to_lowercase().contains(&search) || words().contains(&search)
        };
        let is_shown = |option: &&Opt| option.level == level && subjects.iter().any(|subject| subject.has(option)) && is_found(option);
        let cells = |option| subjects.iter().map(|subject| around.cells(subject, option)).collect::<Vec<_>>();
        let mut rows = OPTIONS.iter().filter(is_shown).map(|option| (option, cells(option))).collect::<Vec<_>>();
        let over_time = subjects.get(1).is_some_and(|subject| matches!(subject.of, Of::Past(..)));
        let is_changed = |cells: &[Cells]| {
            if over_time {
                return cells.first().zip(cells.last()).is_some_and(|(now, then)| now.has_moved(then));
            }
            let differs = || cells.windows(2).any(|pair| pair.first().map(Cells::effective_text) != pair.last().map(Cells::effective_text));
            cells.iter().any(Cells::is_changed) || differs()
        };
        if self.changed_only {
            rows.retain(|(_, cells)| is_changed(cells));
        }
        if self.changed_first {
            rows.sort_by_key(|(_, cells)| !is_changed(cells));
        }
        rows
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        option: &'static Opt,
        cells: &[Cells],
        (around, subjects, columns): (&Around<'_>, &[Subject<'_>], Columns),
        look: &Look,
    ) -> Option<(usize, Answer)> {
        let is_open = self.open == Some(option.name);
        if table::row(ui, option, cells, (is_open, columns), look) {
            self.open = if is_open { None } else { Some(option.name) };
            self.draft = Draft::default();
        }
        if self.open != Some(option.name) {
            return None;
        }
        let sides = subjects.iter().zip(cells).collect::<Vec<_>>();
        answer::show(ui, option, (around, &sides), &mut self.draft, look)
    }

    /// Does what was asked for; returns the row that is to be shown.
    fn act(
        &mut self,
        (option, answer): (&'static Opt, Answer),
        subject: &Subject<'_>,
        scene: &Scene,
        actions: &mut Actions,
    ) -> Option<u64> {
        let name = subject.line.map(|line| line.spec.name.clone());
        let with = |name: &str, value: Value| {
            let mut spec = scene.program(name)?.spec.clone();
            spec.options.retain(|(known, _)| *known != option);
            spec.options.push((option, value));
            Some(Box::new(spec))
        };
        match (answer, &subject.of) {
            (Answer::Row(n), _) => return Some(n),
            (Answer::Set(value), Of::Socket(socket)) => {
                let command = Command::SetOption { socket: Some(*socket), option, value };
                actions.extend(name.map(|name| Action::Tell(name, command)));
            }
            (Answer::Set(value), Of::Planned(name)) => {
                actions.extend(with(name, value).map(|spec| Action::Edit(name.clone(), spec)));
            }
            (Answer::Restart(name, value), _) => {
                actions.extend(with(&name, value).map(Action::RestartWith));
                // Its socket will be another.
                self.chosen = None;
            }
            (Answer::Set(_), Of::Past(..)) => return None,
        }
        self.draft = Draft::default();
        None
    }
}

/// The name of a level, and whose options they are.
fn heading(ui: &mut Ui, level: Level, look: &Look) {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 24.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, look.roles.sunken);
    let about = format!("  {}", look.say(&level.about()));
    let runs = [(level.name(), theme::mono(12.0), look.roles.text), (about.as_str(), theme::plain(12.0), look.roles.text2)];
    super::look::paint_line(ui, rect.left() + theme::EDGE, rect.center().y, super::look::line_of(&runs, rect.width() - 24.0));
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Heading, true, format!("{}{about}", level.name())));
}
