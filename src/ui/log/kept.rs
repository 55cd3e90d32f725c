//! What a person chose for the log, kept between two starts: how times are told, which columns there are and how wide, and filters by their names.

use toml::{Table, Value};

/// How the time of a row is told. It is always that of the place where the row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Time {
    /// Since the start of the run.
    #[default]
    Run,
    /// Since the row before it that is shown.
    Previous,
    /// By the clock of the person.
    Day,
}

impl Time {
    /// All, with their names in the file.
    pub(super) const ALL: [(Self, &'static str); 3] = [(Self::Run, "run"), (Self::Previous, "previous"), (Self::Day, "day")];
}

/// A column that can be hidden. The call and its result always stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// The number of the row.
    Number,
    /// Its time.
    Time,
    /// The program, with the socket.
    Program,
    /// The thread.
    Thread,
    /// The call; its width alone is chosen.
    Call,
    /// How long the call took.
    Took,
}

impl Column {
    /// All, with their names in the file.
    pub(super) const ALL: [(Self, &'static str); 6] = [
        (Self::Number, "number"),
        (Self::Time, "time"),
        (Self::Program, "program"),
        (Self::Thread, "thread"),
        (Self::Call, "call"),
        (Self::Took, "took"),
    ];
}

/// How wide a column can be, in points.
pub(super) const WIDTHS: std::ops::RangeInclusive<f32> = 40.0..=1_200.0;
/// How many filters are kept, and how long a name or a filter may be.
const MOST: usize = 50;
const LONGEST: usize = 1_000;

/// The choices of a person.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kept {
    /// How times are told.
    pub(crate) time: Time,
    /// Which columns are shown, in the order of [`Column::ALL`].
    shown: [bool; Column::ALL.len()],
    /// Their widths, as far as they were chosen.
    widths: [Option<f32>; Column::ALL.len()],
    /// Filters by their names, in the order in which they were kept.
    pub(crate) filters: Vec<(String, String)>,
}

impl Default for Kept {
    fn default() -> Self {
        let shown = Column::ALL.map(|(column, _)| column != Column::Thread);
        Self { time: Time::default(), shown, widths: [None; Column::ALL.len()], filters: Vec::new() }
    }
}

fn index(column: Column) -> usize {
    Column::ALL.iter().position(|(other, _)| *other == column).unwrap_or_default()
}

impl Kept {
    /// Whether a column is shown.
    pub(super) fn shows(&self, column: Column) -> bool {
        column == Column::Call || self.shown.get(index(column)).copied().unwrap_or_default()
    }

    /// Shows a column, or hides it.
    pub(super) fn show(&mut self, column: Column, shown: bool) {
        if let Some(place) = self.shown.get_mut(index(column)) {
            *place = shown;
        }
    }

    /// The width that was chosen for a column.
    pub(super) fn width(&self, column: Column) -> Option<f32> {
        self.widths.get(index(column)).copied().flatten()
    }

    /// Gives a column a width; none lets it have what it needs.
    pub(super) fn set_width(&mut self, column: Column, width: Option<f32>) {
        if let Some(place) = self.widths.get_mut(index(column)) {
            *place = width.map(|width| width.round().clamp(*WIDTHS.start(), *WIDTHS.end()));
        }
    }

    /// Whether a width was chosen.
    pub(super) fn has_widths(&self) -> bool {
        self.widths.iter().any(Option::is_some)
    }

    /// Keeps a filter under a name; one of that name is replaced.
    pub(in crate::ui) fn keep_filter(&mut self, name: &str, filter: &str) {
        let name = name.trim();
        if name.is_empty()
            || [name, filter].into_iter().any(|text| text.contains(char::is_control))
            || name.len() > LONGEST
            || filter.len() > LONGEST
        {
            return;
        }
        if let Some((_, old)) = self.filters.iter_mut().find(|(known, _)| known == name) {
            filter.clone_into(old);
        } else if self.filters.len() < MOST {
            self.filters.push((name.to_owned(), filter.to_owned()));
        }
    }

    /// Gives the filter called `old` another name, which no other has.
    pub(super) fn rename_filter(&mut self, old: &str, new: &str) {
        let new = new.trim();
        let is_free = !new.is_empty() && new.len() <= LONGEST && !new.contains(char::is_control);
        if !is_free || self.filters.iter().any(|(known, _)| known == new) {
            return;
        }
        if let Some((name, _)) = self.filters.iter_mut().find(|(known, _)| known == old) {
            new.clone_into(name);
        }
    }

    /// As it stands in the file.
    pub(crate) fn value(&self) -> Value {
        let mut table = Table::new();
        let time = Time::ALL.into_iter().find(|(time, _)| *time == self.time).map_or("run", |(_, name)| name);
        table.insert("time".to_owned(), time.into());
        let shown = Column::ALL.into_iter().filter(|(column, _)| self.shows(*column)).map(|(_, name)| name.into());
        table.insert("columns".to_owned(), Value::Array(shown.collect()));
        let widths = Column::ALL.into_iter().filter_map(|(column, name)| Some((name.to_owned(), f64::from(self.width(column)?).into())));
        table.insert("widths".to_owned(), Value::Table(widths.collect()));
        let filter = |(name, filter): &(String, String)| Value::Array(vec![name.as_str().into(), filter.as_str().into()]);
        table.insert("filters".to_owned(), Value::Array(self.filters.iter().map(filter).collect()));
        Value::Table(table)
    }

    /// What `value` says; the default for all that is missing or makes no sense.
    pub(crate) fn of(value: &Value) -> Self {
        let mut kept = Self::default();
        let time = value.get("time").and_then(Value::as_str);
        kept.time = time.and_then(|name| Time::ALL.into_iter().find(|(_, known)| *known == name)).map_or(kept.time, |(time, _)| time);
        if let Some(columns) = value.get("columns").and_then(Value::as_array) {
            for (column, name) in Column::ALL {
                kept.show(column, columns.iter().any(|column| column.as_str() == Some(name)));
            }
        }
        for (column, name) in Column::ALL {
            let width = value.get("widths").and_then(|widths| widths.get(name)).and_then(Value::as_float).map(|width| width as f32);
            kept.set_width(column, width.filter(|width| WIDTHS.contains(width)));
        }
        for pair in value.get("filters").and_then(Value::as_array).into_iter().flatten() {
            if let Some([Value::String(name), Value::String(filter)]) = pair.as_array().map(Vec::as_slice) {
                kept.keep_filter(name, filter);
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen() -> Kept {
        let mut kept = Kept { time: Time::Day, ..Kept::default() };
        kept.show(Column::Took, false);
        kept.show(Column::Thread, true);
        kept.set_width(Column::Call, Some(222.4));
        kept.keep_filter(" failures ", "failed -call:close");
        kept.keep_filter("再见", "\"再见\"");
        kept
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let kept = chosen();
        let text = format!("log = {}\n", kept.value());
        assert_eq!(text.lines().count(), 1, "{text}");
        let table = text.parse::<Table>().unwrap();
        assert_eq!(Kept::of(&table["log"]), kept);
        assert_eq!((kept.width(Column::Call), kept.filters[0].0.as_str()), (Some(222.0), "failures"));
    }

    #[test]
    fn what_is_damaged_costs_only_itself() {
        let Value::Table(whole) = chosen().value() else { panic!("a table") };
        for (key, _) in &whole {
            for damage in
                [Value::Integer(7), "x".into(), f64::NAN.into(), Value::Array(vec![3.into(), "call".into()]), Value::Table(Table::new())]
            {
                let mut damaged = whole.clone();
                damaged.insert(key.clone(), damage);
                let read = Kept::of(&Value::Table(damaged));
                assert!(read.shows(Column::Call));
                for (other, expected) in &whole {
                    let Value::Table(read) = read.value() else { panic!("a table") };
                    assert!(other == key || read[other] == *expected, "{other} after {key} was damaged");
                }
            }
        }
        let far: Value = toml::from_str::<Table>("widths = { call = 1e30, program = -1.0, took = 80.0 }").unwrap().into();
        let read = Kept::of(&far);
        assert_eq!((read.width(Column::Call), read.width(Column::Program), read.width(Column::Took)), (None, None, Some(80.0)));
    }

    #[test]
    fn a_filter_of_the_same_name_is_replaced() {
        let mut kept = chosen();
        kept.keep_filter("failures", "failed");
        kept.keep_filter("  ", "failed");
        assert_eq!(kept.filters.len(), 2);
        assert_eq!(kept.filters[0].1, "failed");
        kept.rename_filter("failures", "再见");
        kept.rename_filter("failures", " ");
        kept.rename_filter("none", "other");
        assert_eq!(kept.filters[0].0, "failures", "the name is taken, or is none");
        kept.rename_filter("failures", " what failed ");
        assert_eq!(kept.filters[0], ("what failed".to_owned(), "failed".to_owned()));
    }
}
