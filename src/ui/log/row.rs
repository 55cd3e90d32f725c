//! One row of the log: a record, or a call that is under way.

use std::time::{Duration, SystemTime};

use egui::text::LayoutJob;
use egui::{Color32, FontId, Rect, Stroke, Ui, pos2};
use egui_material_icons::icons::{
    ICON_ARROW_BACK, ICON_ARROW_FORWARD, ICON_BOOKMARK, ICON_CANCEL, ICON_HOURGLASS_TOP, ICON_INFO, ICON_WARNING,
};

use super::columns::Columns;
use super::kept::Time;
use super::note;
use crate::text;
use crate::text::Message;
use crate::trace::transfer;
use crate::trace::{Direction, Kind, Life, Names, OpenCall, Origin, Outcome, Record, Value, line, notation};
use crate::ui::errno;
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
use crate::ui::stepping::HELD;
use crate::ui::theme;
use crate::wire::{Charset, Preview, preview};

/// How many characters of a payload are looked at for its preview.
const PREVIEW: usize = 160;

/// A run of text in a cell.
pub(super) type Run = (String, FontId, Color32);

/// What the cells of a row show.
#[derive(Debug)]
pub(super) struct Row {
    number: String,
    time: Run,
    program: Vec<Run>,
    thread: Run,
    call: Run,
    result: Vec<Run>,
    took: Run,
    note: Option<String>,
    fill: Option<Color32>,
}

/// What a row is told with, beside its record.
pub(super) struct Telling<'log> {
    pub(super) names: &'log Names,
    pub(super) time: Time,
    /// The time of day at 0 of the clock.
    pub(super) started: Option<SystemTime>,
    /// Where the row before it stands that is shown.
    pub(super) previous: Option<u64>,
    /// What had been asked for, where the row read another value.
    pub(super) asked: Option<&'log Value>,
}

impl Telling<'_> {
    /// The time of a row that stands at `place`.
    fn time(&self, place: u64, run: u32) -> String {
        match (self.time, self.started, self.previous) {
            (Time::Previous, _, Some(previous)) => format!("+{}", notation::time(place.saturating_sub(previous))),
            (Time::Previous, ..) => String::new(),
            (Time::Day, Some(started), _) => day(started + Duration::from_nanos(place)),
            (Time::Run | Time::Day, ..) => notation::time(place.saturating_sub(self.names.run_start(run))),
        }
    }
}

/// A time of day by the clock of the person, in microseconds: `23:05:09.412 468`.
fn day(time: SystemTime) -> String {
    let Ok(time) = jiff::Timestamp::try_from(time) else { return String::new() };
    let time = time.to_zoned(jiff::tz::TimeZone::system());
    let micros = time.subsec_nanosecond() / 1_000;
    format!("{:02}:{:02}:{:02}.{:03} {:03}", time.hour(), time.minute(), time.second(), micros / 1_000, micros % 1_000)
}

impl Row {
    /// The row of a record.
    pub(super) fn of(record: &Record, telling: &Telling<'_>, look: &Look) -> Self {
        let names = telling.names;
        let roles = look.roles;
        let failed = matches!(record.outcome, Outcome::Err(_)) || matches!(record.kind, Kind::Panic(_));
        let quiet = record.origin == Origin::Lab;
        let text = if quiet { roles.text2 } else { roles.text };
        let took = match &record.kind {
            Kind::Call(..) | Kind::Life(Life::LaneFull) => notation::duration(Duration::from_nanos(record.took())),
            Kind::Life(_) | Kind::Panic(_) | Kind::Mark(_) | Kind::Fault(_) | Kind::Sample(_) => String::new(),
        };
        let mut result = result(record, names, look, text);
        if let Some(asked) = telling.asked {
            let asked = look.say(&text!("ui-log-asked", value = asked.to_string()));
            result.push((format!("  {asked}"), theme::mono(12.0), roles.wait));
        }
        Self {
            number: record.n.to_string(),
            time: (telling.time(record.place(), record.run), theme::mono(12.0), roles.text2),
            program: program(record.socket.map(|socket| socket.to_string()), names.program_name(record.program), look),
            thread: thread(names.thread_name(record.thread), look),
            call: (call(record, look), theme::mono(12.0), text),
            result,
            took: (took, theme::mono(12.0), roles.text2),
            note: names.mark(record.n).map(note::shown),
            fill: failed.then_some(roles.error_soft),
        }
    }

    /// The row of a call that is under way at `now`.
    pub(super) fn of_open(open: &OpenCall, now: u64, names: &Names, look: &Look) -> Self {
        let roles = look.roles;
        // What is held is not in the kernel: nothing of it takes time.
        let (icon, state, colour, fill) = if open.held {
            (HELD, text!("ui-log-held"), roles.text, roles.hover)
        } else {
            (ICON_HOURGLASS_TOP, text!("ui-log-blocked"), roles.wait, roles.wait_soft)
        };
        let state = look.say(&state);
        let took = if open.held { String::new() } else { format!("{} …", since(now.saturating_sub(open.t0))) };
        Self {
            number: String::new(),
            time: (look.say(&text!("ui-log-now")), theme::plain(12.0), colour),
            program: program(open.socket.map(|socket| socket.to_string()), names.program_name(open.program), look),
            thread: thread(names.thread_name(open.thread), look),
            call: (notation::call(open.call, &open.args), theme::mono(12.0), roles.text),
            result: vec![(icon.codepoint.to_owned(), theme::icon(13.0), colour), (format!(" {state}"), theme::mono(12.0), colour)],
            took: (took, theme::mono(12.0), roles.wait),
            note: None,
            fill: Some(fill),
        }
    }

    /// The fill that says what became of the call.
    pub(super) fn fill(&self) -> Option<Color32> {
        self.fill
    }

    /// What a screen reader reads.
    pub(super) fn spoken(&self, found: bool, look: &Look) -> String {
        let cell = |runs: &[Run]| {
            let words = runs.iter().filter(|run| !is_icon(run)).map(|run| run.0.as_str()).collect::<String>();
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let marked = self
            .note
            .as_ref()
            .map(|note| if note.is_empty() { text!("ui-mark-spoken") } else { text!("ui-mark-spoken-note", note = note.as_str()) });
        let marked = marked.map(|marked| look.say(&marked)).unwrap_or_default();
        let found = if found { look.say(&text!("ui-find-spoken")) } else { String::new() };
        let parts = [self.number.clone(), cell(&self.program), self.call.0.clone(), cell(&self.result), self.took.0.clone(), marked, found];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Paints the cells in `rect`; what is like `wanted` in them is underlined.
    pub(super) fn paint(&self, ui: &Ui, rect: Rect, columns: &Columns, wanted: Option<&str>, look: &Look) {
        let y = rect.center().y;
        let x = |x: f32| rect.left() + x;
        let line = |runs: &[Run], width: f32| job(runs, width, wanted, look);
        if let Some(right) = columns.number {
            let number = (self.number.clone(), theme::mono(12.0), look.roles.text2);
            paint_line_right(ui, x(right), y, job(&[number], f32::INFINITY, None, look));
        }
        if let Some(right) = columns.time {
            paint_line_right(ui, x(right), y, job(std::slice::from_ref(&self.time), f32::INFINITY, None, look));
        }
        if let Some(left) = columns.program {
            let end = columns.thread.unwrap_or(columns.call);
            paint_line(ui, x(left), y, line(&self.program, end - left - 8.0));
        }
        if let Some(left) = columns.thread {
            paint_line(ui, x(left), y, line(std::slice::from_ref(&self.thread), columns.call - left - 8.0));
        }
        paint_line(ui, x(columns.call), y, line(std::slice::from_ref(&self.call), columns.result - columns.call - 8.0));
        let room = columns.result_end - columns.result;
        let used = self.paint_note(ui, x(columns.result_end), y, room / 2.0, look);
        paint_line(ui, x(columns.result), y, line(&self.result, room - used));
        if let Some(right) = columns.took {
            paint_line_right(ui, x(right), y, line(std::slice::from_ref(&self.took), f32::INFINITY));
        }
    }

    /// Paints the mark and its note so that they end at `x`; returns how much room they take.
    fn paint_note(&self, ui: &Ui, x: f32, y: f32, room: f32, look: &Look) -> f32 {
        let Some(note) = &self.note else { return 0.0 };
        let mark = (ICON_BOOKMARK.codepoint, theme::icon(14.0), look.roles.accent);
        let gap = if note.is_empty() { "" } else { " " };
        let text = format!("{gap}{note}");
        let galley = ui.painter().layout_job(line_of(&[mark, (text.as_str(), theme::plain(12.0), look.roles.accent)], room));
        let size = galley.size();
        ui.painter().galley(pos2(x - size.x, y - size.y / 2.0), galley, Color32::PLACEHOLDER);
        size.x + 8.0
    }
}

/// One line of runs, in which what is like `wanted` is underlined.
fn job(runs: &[Run], width: f32, wanted: Option<&str>, look: &Look) -> LayoutJob {
    let mut pieces = Vec::with_capacity(runs.len());
    for (text, font, colour) in runs {
        let places = wanted.map(|wanted| matches(text, wanted)).unwrap_or_default();
        let mut from = 0;
        for place in places {
            pieces.push((text.get(from..place.start).unwrap_or_default(), font, colour, false));
            pieces.push((text.get(place.clone()).unwrap_or_default(), font, colour, true));
            from = place.end;
        }
        pieces.push((text.get(from..).unwrap_or_default(), font, colour, false));
    }
    pieces.retain(|piece| !piece.0.is_empty());
    let plain = pieces.iter().map(|(text, font, colour, _)| (*text, (*font).clone(), **colour)).collect::<Vec<_>>();
    let mut job = line_of(&plain, width);
    for (section, piece) in job.sections.iter_mut().zip(&pieces).filter(|(_, piece)| piece.3) {
        section.format.underline = Stroke::new(2.0, look.roles.accent);
        section.format.color = *piece.2;
    }
    job
}

/// Where `text` holds `wanted`, ASCII letters in either case: as the search finds it.
fn matches(text: &str, wanted: &str) -> Vec<std::ops::Range<usize>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let (text, wanted) = (text.to_ascii_lowercase(), wanted.to_ascii_lowercase());
    text.match_indices(&wanted).map(|(at, part)| at..at + part.len()).collect()
}

fn is_icon(run: &Run) -> bool {
    run.1.family == theme::icon(13.0).family
}

/// The time since, in tenths of a second and later in seconds: digits that nobody can read would only flicker.
fn since(nanoseconds: u64) -> String {
    let tenths = nanoseconds / 100_000_000;
    match tenths {
        0..10 => notation::duration(Duration::from_millis(tenths * 100)),
        10..100 => format!("{}.{} s", tenths / 10, tenths % 10),
        _ => format!("{} s", tenths / 10),
    }
}

fn thread(name: String, look: &Look) -> Run {
    (name, theme::plain(13.0), look.roles.text2)
}

fn program(socket: Option<String>, name: String, look: &Look) -> Vec<Run> {
    let mut runs = vec![(name, theme::plain(13.0), look.roles.text)];
    if let Some(socket) = socket {
        runs.push((format!(" {socket}"), theme::plain(12.0), look.roles.text2));
    }
    runs
}

/// The call of a record, or the words for what it is instead.
pub(in crate::ui) fn call(record: &Record, look: &Look) -> String {
    match &record.kind {
        Kind::Call(call, args) => notation::call(*call, args),
        Kind::Life(Life::ProgramStarted { .. }) => look.say(&text!("ui-log-program-started")),
        Kind::Life(Life::ProgramEnded) => look.say(&text!("ui-log-program-ended")),
        Kind::Life(Life::ThreadStarted { .. }) => look.say(&text!("ui-log-thread-started")),
        Kind::Life(Life::ThreadEnded) => look.say(&text!("ui-log-thread-ended")),
        Kind::Life(Life::LaneFull) => look.say(&text!("ui-log-lane-full")),
        Kind::Life(Life::Told(_)) => look.say(&text!("ui-log-told")),
        Kind::Life(Life::Framed(..)) => look.say(&text!("ui-log-framed")),
        Kind::Life(Life::ProcessStarted { .. }) => look.say(&text!("ui-log-process-started")),
        Kind::Panic(_) => look.say(&text!("ui-log-panic")),
        Kind::Mark(_) => look.say(&text!("ui-log-mark")),
        Kind::Fault(_) => look.say(&text!("ui-log-fault")),
        Kind::Sample(_) => look.say(&text!("ui-log-sample")),
    }
}

fn result(record: &Record, names: &Names, look: &Look, text: Color32) -> Vec<Run> {
    let roles = look.roles;
    let mono = |text: String, colour: Color32| (text, theme::mono(12.0), colour);
    let icon = |icon: &str, colour: Color32| (icon.to_owned(), theme::icon(13.0), colour);
    let say = |message: &Message| look.say(message);
    match (&record.kind, &record.outcome) {
        (Kind::Call(..), Outcome::Err(errno)) => {
            let mut runs = vec![icon(ICON_CANCEL.codepoint, roles.error), mono(format!(" {}", errno.name()), roles.error)];
            if let Some(meaning) = errno::short(*errno) {
                runs.push((format!("  {}", say(&meaning)), theme::plain(12.0), roles.error));
            }
            runs
        }
        (Kind::Call(..), Outcome::Socket(socket, peer)) => vec![
            mono(socket.to_string(), text),
            mono(format!(" {} ", say(&text!("ui-log-from"))), roles.text2),
            mono(peer.to_string(), text),
        ],
        (Kind::Call(call, _), _) => match call.direction() {
            Some(direction) => moved(record, direction, names, look),
            None => vec![mono(notation::outcome(record), text)],
        },
        (Kind::Life(Life::ProgramStarted { name, .. } | Life::ThreadStarted { name }), _) => vec![mono(name.to_string(), roles.text2)],
        (Kind::Life(Life::Told(message)), _) => {
            vec![icon(ICON_INFO.codepoint, roles.text2), (format!(" {}", say(message)), theme::plain(12.0), roles.text)]
        }
        (Kind::Life(Life::LaneFull), _) => {
            vec![
                icon(ICON_WARNING.codepoint, roles.wait),
                (format!(" {}", say(&text!("ui-log-lane-full-why"))), theme::plain(12.0), roles.wait),
            ]
        }
        (Kind::Life(Life::Framed(framing, _)), _) => vec![mono(framing.to_string(), roles.text2)],
        (Kind::Life(Life::ProcessStarted { number }), _) => vec![mono(format!("pid {number}"), roles.text2)],
        (Kind::Life(_), _) => Vec::new(),
        (Kind::Sample(sample), _) => vec![mono(sample.summary(), roles.text2)],
        (Kind::Mark(_), _) => vec![(line::told(record, look.language), theme::plain(12.0), roles.text2)],
        (Kind::Fault(_), _) => {
            let told = format!(" {}", line::told(record, look.language));
            vec![icon(ICON_WARNING.codepoint, roles.wait), (told, theme::plain(12.0), roles.wait)]
        }
        (Kind::Panic(said), _) => vec![icon(ICON_CANCEL.codepoint, roles.error), mono(format!(" {said}"), roles.error)],
    }
}

/// Bytes that went: the arrow and the size, then what they say.
fn moved(record: &Record, direction: Direction, names: &Names, look: &Look) -> Vec<Run> {
    let roles = look.roles;
    let (icon, colour) = match direction {
        Direction::Sent => (ICON_ARROW_FORWARD, roles.send),
        Direction::Received => (ICON_ARROW_BACK, roles.recv),
    };
    let bytes = match (&record.payload, &record.outcome) {
        (Some(payload), _) => u64::from(payload.full_len),
        (None, Outcome::Ok(bytes)) => *bytes as u64,
        _ => 0,
    };
    let mono = |text: String, colour: Color32| (text, theme::mono(12.0), colour);
    let mut runs = vec![(icon.codepoint.to_owned(), theme::icon(13.0), colour), mono(format!(" {bytes} B  "), colour)];
    if bytes == 0 && direction == Direction::Received && matches!(record.outcome, Outcome::Ok(_)) {
        runs.push((look.say(&text!("ui-log-end-of-stream")), theme::plain(12.0), roles.text2));
    }
    if let Some(packet) = transfer::packet(record, names) {
        runs.push(mono(packet, roles.text));
    } else if let Some(payload) = &record.payload {
        let Preview { text, escapes, .. } = preview(&payload.bytes, Charset::Utf8, PREVIEW);
        let mut from = 0;
        for escape in escapes {
            runs.push(mono(text.get(from..escape.start).unwrap_or_default().to_owned(), roles.text));
            runs.push(mono(text.get(escape.clone()).unwrap_or_default().to_owned(), roles.text2));
            from = escape.end;
        }
        runs.push(mono(text.get(from..).unwrap_or_default().to_owned(), roles.text));
    }
    if let Outcome::Address(peer, flags) = &record.outcome {
        if flags.truncated {
            runs.push(mono("  MSG_TRUNC".to_owned(), roles.wait));
        }
        runs.push(mono(format!("  {} {peer}", look.say(&text!("ui-log-from"))), roles.text2));
    }
    runs
}

/// The places where a row stands among others.
pub(super) fn rect(list: Rect, top: f32) -> Rect {
    Rect::from_min_max(pos2(list.left(), top), pos2(list.right(), top + theme::ROW))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Life, Outcome, ProgramId, ThreadId};

    #[test]
    fn what_was_found_is_underlined_wherever_it_stands() {
        assert_eq!(matches("再见 Recv recv(", "RECV"), [7..11, 12..16]);
        assert!(matches("recv", "").is_empty());
    }

    #[test]
    fn the_time_is_that_of_the_place_since_what_was_chosen() {
        let mut names = Names::default();
        let life = Life::ProgramStarted { name: "server".into(), kind: "tcp-server".into() };
        let (kind, program, thread) = (Kind::Life(life), ProgramId(1), ThreadId(1));
        let (outcome, origin) = (Outcome::Ok(0), Origin::Program);
        names.learn(&Record {
            n: 1,
            kind,
            origin,
            run: 2,
            program,
            thread,
            socket: None,
            t0: 5_000_000,
            t1: 5_000_000,
            outcome,
            payload: None,
        });
        let started = Some(SystemTime::UNIX_EPOCH + Duration::from_hours(24));
        let telling = |time, previous| Telling { names: &names, time, started, previous, asked: None };
        assert_eq!(telling(Time::Run, None).time(5_412_000, 2), "0.000 412");
        assert_eq!(
            telling(Time::Run, None).time(5_412_000, 1),
            "0.005 412",
            "a run whose start was not seen is told from the start of the clock"
        );
        assert_eq!(telling(Time::Previous, Some(5_000_000)).time(5_412_000, 2), "+0.000 412");
        assert_eq!(telling(Time::Previous, None).time(5_412_000, 2), "");
        assert!(telling(Time::Day, None).time(1_005_412_000, 2).ends_with(":01.005 412"));
        assert_eq!(Telling { started: None, ..telling(Time::Day, None) }.time(5_412_000, 2), "0.000 412");
    }
}
