//! Ports: their ranges, and the table of this machine's sockets, those of this lab marked. Read again now and then while it is shown.

mod column;
mod ranges;
mod reading;
mod table;

use std::time::Duration;

use egui::{ComboBox, Label, RichText, Role, TextEdit, Ui, vec2};
use egui_material_icons::icons::{ICON_CONTENT_COPY, ICON_INFO, ICON_REFRESH};

use self::column::{copied, heads, state};
use self::reading::{Reader, Reading};
use self::table::Table;
use super::{Given, field};
use crate::net::machine::{Protocol, State};
use crate::text;
use crate::text::Message;
use crate::trace::notation;
use crate::ui::look::{Look, named, paint_open};
use crate::ui::theme;
use crate::ui::waker::Waker;

/// How often it can be read, in seconds; 0 for when one asks.
const PERIODS: [u64; 5] = [0, 1, 2, 5, 30];
/// Below which height the ranges make way for the table.
const LOW: f32 = 300.0;

/// Which protocols are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Which {
    #[default]
    Internet,
    Tcp,
    Udp,
    Unix,
}

impl Which {
    const ALL: [Self; 4] = [Self::Internet, Self::Tcp, Self::Udp, Self::Unix];

    const fn holds(self, protocol: Protocol) -> bool {
        match self {
            Self::Internet => !matches!(protocol, Protocol::Unix),
            Self::Tcp => matches!(protocol, Protocol::Tcp | Protocol::Tcp6),
            Self::Udp => matches!(protocol, Protocol::Udp | Protocol::Udp6),
            Self::Unix => matches!(protocol, Protocol::Unix),
        }
    }

    const fn name(self) -> Message {
        match self {
            Self::Internet => text!("ui-ports-internet"),
            Self::Tcp => text!("ui-ports-tcp"),
            Self::Udp => text!("ui-ports-udp"),
            Self::Unix => text!("ui-ports-unix"),
        }
    }

    const fn tip(self) -> Message {
        match self {
            Self::Internet => text!("ui-ports-internet-tip"),
            Self::Tcp => text!("ui-ports-tcp-tip"),
            Self::Udp => text!("ui-ports-udp-tip"),
            Self::Unix => text!("ui-ports-unix-tip"),
        }
    }
}

/// What of the table is shown.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filter {
    which: Which,
    state: Option<State>,
    words: String,
}

impl Filter {
    fn holds(&self, row: &reading::Row, words: &[String]) -> bool {
        let line = &row.known.line;
        self.which.holds(line.protocol)
            && self.state.is_none_or(|state| state == line.state)
            && words.iter().all(|word| row.words.contains(word.as_str()))
    }
}

/// The state of the tool.
#[derive(Debug)]
pub(crate) struct Ports {
    reader: Reader,
    reading: Option<Reading>,
    filter: Filter,
    period: u64,
    table: Table,
    /// The places of the rows that are shown, in their order.
    order: Vec<usize>,
}

impl Default for Ports {
    fn default() -> Self {
        let (reader, table) = (Reader::default(), Table::default());
        Self { reader, reading: None, filter: Filter::default(), period: 2, table, order: Vec::new() }
    }
}

impl Ports {
    /// Reads what is to be read, and takes what was.
    fn follow(&mut self, ui: &Ui, given: &Given<'_>) {
        if let Some(reading) = self.reader.read() {
            // What was chosen while it was read is read next.
            let is_other = reading.unix != (self.filter.which == Which::Unix);
            self.reading = Some(reading);
            self.arrange();
            if is_other {
                self.ask(ui, given);
            }
        }
        let every = Duration::from_secs(self.period);
        let is_due = if self.period == 0 { self.reading.is_none() } else { self.reader.left(every).is_zero() };
        if is_due {
            self.ask(ui, given);
        }
        if self.period > 0 {
            ui.ctx().request_repaint_after(self.reader.left(every).max(Duration::from_millis(50)));
        }
    }

    fn ask(&mut self, ui: &Ui, given: &Given<'_>) {
        self.reader.ask(self.filter.which == Which::Unix, &given.scene.names, Waker::new(ui.ctx()));
    }

    /// Which rows are shown, and in which order.
    fn arrange(&mut self) {
        let rows = self.reading.as_ref().and_then(|reading| reading.rows.as_deref()).unwrap_or_default();
        let words = self.filter.words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        self.order = (0..rows.len()).filter(|place| rows.get(*place).is_some_and(|row| self.filter.holds(row, &words))).collect();
        self.table.sort(&mut self.order, rows);
    }

    /// Draws what stands at the right of the title.
    pub(super) fn head(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        if look.icon_button(ui, ICON_REFRESH, &look.say(&text!("ui-ports-refresh"))).clicked() {
            self.ask(ui, given);
        }
        let words = |seconds: u64| match seconds {
            0 => text!("ui-ports-never"),
            seconds => text!("ui-ports-every", seconds = seconds),
        };
        let combo = ComboBox::from_id_salt("ports period").selected_text(look.say(&words(self.period))).icon(paint_open);
        let response = combo.width(96.0).show_ui(ui, |ui| {
            for seconds in PERIODS {
                ui.selectable_value(&mut self.period, seconds, look.say(&words(seconds)));
            }
        });
        named(response.response, Role::ComboBox, &look.say(&text!("ui-ports-period")))
            .on_hover_text(look.say(&text!("ui-ports-period-tip")));
    }

    /// Draws the tool.
    pub(super) fn show(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        self.follow(ui, given);
        if ui.available_height() >= LOW {
            ranges::show(ui, self.reading.as_ref().and_then(|reading| reading.ephemeral), look);
        }
        if let Some(problem) = &self.reader.problem {
            field::error(ui, problem, look);
        }
        if self.reading.as_ref().is_some_and(|reading| reading.rows.is_none()) {
            let words = look.say(&text!("ui-ports-not-here", system = std::env::consts::OS));
            ui.add(Label::new(words).wrap());
            return;
        }
        self.tools(ui, given);
        let foot = self.foot(look);
        let high = ui.available_height() - 20.0;
        let rows = self.reading.as_ref().and_then(|reading| reading.rows.as_deref()).unwrap_or_default();
        let is_read = self.reading.is_some();
        let sorted = ui.allocate_ui(vec2(ui.available_width(), high), |ui| self.table.show(ui, rows, &self.order, is_read, look)).inner;
        if sorted {
            self.arrange();
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(RichText::new(ICON_INFO.codepoint).font(theme::icon(13.0)).color(look.roles.text2));
            let label = Label::new(RichText::new(&foot).font(theme::plain(11.0)).color(look.roles.text2)).truncate();
            ui.add(label).on_hover_text(format!("{foot}\n\n{}", look.say(&text!("ui-ports-limits"))));
        });
    }

    /// What is chosen of the table, and what can be done with it.
    fn tools(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        let before = self.filter.clone();
        ui.horizontal_wrapped(|ui| {
            let words = Which::ALL.map(|which| (which, look.say(&which.name()), look.say(&which.tip())));
            if let Some(which) = field::segments(ui, self.filter.which, &words, look) {
                self.filter.which = which;
                self.filter.state = None;
            }
            self.states(ui, look);
            let name = look.say(&text!("ui-ports-filter"));
            let entry = TextEdit::singleline(&mut self.filter.words).hint_text(&name).font(theme::plain(12.0)).desired_width(130.0);
            ui.add(entry.min_size(vec2(0.0, theme::FIELD))).accessible_name(&name).on_hover_text(look.say(&text!("ui-ports-filter-tip")));
            let rows = self.reading.as_ref().and_then(|reading| reading.rows.as_deref()).unwrap_or_default();
            let chosen = self.table.chosen(rows).map(|known| copied(known, look.language));
            let word = look.say(&text!("ui-ports-copy-row"));
            let copy = |ui: &mut Ui, word: &str| look.button(ui, ICON_CONTENT_COPY, word);
            let clicked =
                ui.add_enabled_ui(chosen.is_some(), |ui| copy(ui, &word).on_hover_text(look.say(&text!("ui-ports-copy-row-tip"))));
            if clicked.inner.clicked() {
                ui.copy_text(chosen.unwrap_or_default());
            }
            let word = look.say(&text!("ui-ports-copy-all"));
            if copy(ui, &word).on_hover_text(look.say(&text!("ui-ports-copy-all-tip"))).clicked() {
                let shown = self.order.iter().filter_map(|place| rows.get(*place));
                let lines = std::iter::once(heads(look.language)).chain(shown.map(|row| copied(&row.known, look.language)));
                ui.copy_text(lines.collect::<Vec<_>>().join("\n"));
            }
        });
        if self.filter != before {
            if (self.filter.which == Which::Unix) != (before.which == Which::Unix) {
                self.ask(ui, given);
            }
            self.arrange();
        }
    }

    /// The states there are, to choose one.
    fn states(&mut self, ui: &mut Ui, look: &Look) {
        let any = look.say(&text!("ui-ports-any-state"));
        let shown = self.filter.state.map_or_else(|| any.clone(), |one| state(one, look.language));
        let rows = self.reading.iter().flat_map(|reading| reading.rows.iter().flatten());
        let mut there = rows
            .map(|row| &row.known.line)
            .filter(|line| self.filter.which.holds(line.protocol))
            .map(|line| line.state)
            .collect::<Vec<_>>();
        there.sort_by_key(|state| state.rank());
        there.dedup();
        let combo = ComboBox::from_id_salt("ports state").selected_text(shown).width(110.0).icon(paint_open);
        let response = combo.show_ui(ui, |ui| {
            ui.selectable_value(&mut self.filter.state, None, &any);
            for one in there {
                ui.selectable_value(&mut self.filter.state, Some(one), state(one, look.language));
            }
        });
        named(response.response, Role::ComboBox, &look.say(&text!("ui-ports-state-name")))
            .on_hover_text(look.say(&text!("ui-ports-state-pick-tip")));
    }

    /// How many there are, and what cannot be seen.
    fn foot(&self, look: &Look) -> String {
        let Some(reading) = &self.reading else { return look.say(&text!("ui-ports-reading")) };
        let all = reading.rows.as_ref().map_or(0, Vec::len);
        let mut said = look.say(&text!("ui-ports-count", shown = self.order.len(), all = all, took = notation::duration(reading.took)));
        if reading.hidden > 0 {
            let between = if look.language == crate::text::Language::Chinese { "" } else { " " };
            said = format!("{said}{between}{}", look.say(&text!("ui-ports-hidden", count = reading.hidden)));
        }
        said
    }
}
