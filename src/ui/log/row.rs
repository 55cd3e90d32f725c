//! One row of the log: a record, or a call that is under way.

use std::time::Duration;

use egui::{Color32, FontId, Rect, Ui, pos2};
use egui_material_icons::icons::{ICON_ARROW_BACK, ICON_ARROW_FORWARD, ICON_CANCEL, ICON_HOURGLASS_TOP, ICON_INFO, ICON_WARNING};

use super::columns::Columns;
use crate::text;
use crate::text::Message;
use crate::trace::{Direction, Kind, Life, Names, OpenCall, Origin, Outcome, Record, line, notation};
use crate::ui::errno;
use crate::ui::look::{Look, line_of, paint_line, paint_line_right};
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
    call: Run,
    result: Vec<Run>,
    took: Run,
    fill: Option<Color32>,
}

impl Row {
    /// The row of a record.
    pub(super) fn of(record: &Record, names: &Names, look: &Look) -> Self {
        let roles = look.roles;
        let failed = matches!(record.outcome, Outcome::Err(_)) || matches!(record.kind, Kind::Panic(_));
        let quiet = record.origin == Origin::Lab;
        let text = if quiet { roles.text2 } else { roles.text };
        let took = match &record.kind {
            Kind::Call(..) | Kind::Life(Life::LaneFull) => notation::duration(Duration::from_nanos(record.took())),
            Kind::Life(_) | Kind::Panic(_) | Kind::Mark(_) => String::new(),
        };
        Self {
            number: record.n.to_string(),
            time: (notation::time(record.place()), theme::mono(12.0), roles.text2),
            program: program(record.socket.map(|socket| socket.to_string()), names.program_name(record.program), look),
            call: (call(record, look), theme::mono(12.0), text),
            result: result(record, look, text),
            took: (took, theme::mono(12.0), roles.text2),
            fill: failed.then_some(roles.error_soft),
        }
    }

    /// The row of a call that is under way at `now`.
    pub(super) fn of_open(open: &OpenCall, now: u64, names: &Names, look: &Look) -> Self {
        let roles = look.roles;
        let blocked = look.say(&text!("ui-log-blocked"));
        let took = format!("{} …", since(now.saturating_sub(open.t0)));
        Self {
            number: String::new(),
            time: (look.say(&text!("ui-log-now")), theme::plain(12.0), roles.wait),
            program: program(open.socket.map(|socket| socket.to_string()), names.program_name(open.program), look),
            call: (notation::call(open.call, &open.args), theme::mono(12.0), roles.text),
            result: vec![
                (ICON_HOURGLASS_TOP.codepoint.to_owned(), theme::icon(13.0), roles.wait),
                (format!(" {blocked}"), theme::mono(12.0), roles.wait),
            ],
            took: (took, theme::mono(12.0), roles.wait),
            fill: Some(roles.wait_soft),
        }
    }

    /// The fill that says what became of the call.
    pub(super) fn fill(&self) -> Option<Color32> {
        self.fill
    }

    /// What a screen reader reads.
    pub(super) fn spoken(&self) -> String {
        let cell = |runs: &[Run]| {
            let words = runs.iter().filter(|run| !is_icon(run)).map(|run| run.0.as_str()).collect::<String>();
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let parts = [self.number.clone(), cell(&self.program), self.call.0.clone(), cell(&self.result), self.took.0.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Paints the cells in `rect`.
    pub(super) fn paint(&self, ui: &Ui, rect: Rect, columns: &Columns, look: &Look) {
        let y = rect.center().y;
        let x = |x: f32| rect.left() + x;
        let line = |runs: &[Run], width: f32| {
            let runs = runs.iter().map(|(text, font, colour)| (text.as_str(), font.clone(), *colour)).collect::<Vec<_>>();
            line_of(&runs, width)
        };
        if let Some(right) = columns.number {
            let number = (self.number.clone(), theme::mono(12.0), look.roles.text2);
            paint_line_right(ui, x(right), y, line(&[number], f32::INFINITY));
        }
        if let Some(right) = columns.time {
            paint_line_right(ui, x(right), y, line(std::slice::from_ref(&self.time), f32::INFINITY));
        }
        paint_line(ui, x(columns.program), y, line(&self.program, columns.call - columns.program - 8.0));
        paint_line(ui, x(columns.call), y, line(std::slice::from_ref(&self.call), columns.result - columns.call - 8.0));
        paint_line(ui, x(columns.result), y, line(&self.result, columns.result_end - columns.result));
        paint_line_right(ui, x(columns.took), y, line(std::slice::from_ref(&self.took), f32::INFINITY));
    }
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
        Kind::Panic(_) => look.say(&text!("ui-log-panic")),
        Kind::Mark(_) => look.say(&text!("ui-log-mark")),
    }
}

fn result(record: &Record, look: &Look, text: Color32) -> Vec<Run> {
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
            Some(direction) => moved(record, direction, look),
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
        (Kind::Life(_), _) => Vec::new(),
        (Kind::Mark(_), _) => vec![(line::told(record, look.language), theme::plain(12.0), roles.text2)],
        (Kind::Panic(said), _) => vec![icon(ICON_CANCEL.codepoint, roles.error), mono(format!(" {said}"), roles.error)],
    }
}

/// Bytes that went: the arrow and the size, then what they say.
fn moved(record: &Record, direction: Direction, look: &Look) -> Vec<Run> {
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
    if let Outcome::Address(peer, flags) = &record.outcome {
        runs.push(mono(format!("{} {peer}  ", look.say(&text!("ui-log-from"))), roles.text2));
        if flags.truncated {
            runs.push(mono("MSG_TRUNC  ".to_owned(), roles.wait));
        }
    }
    if bytes == 0 && direction == Direction::Received && matches!(record.outcome, Outcome::Ok(_)) {
        runs.push((look.say(&text!("ui-log-end-of-stream")), theme::plain(12.0), roles.text2));
    }
    if let Some(payload) = &record.payload {
        let Preview { text, escapes, .. } = preview(&payload.bytes, Charset::Utf8, PREVIEW);
        let mut from = 0;
        for escape in escapes {
            runs.push(mono(text.get(from..escape.start).unwrap_or_default().to_owned(), roles.text));
            runs.push(mono(text.get(escape.clone()).unwrap_or_default().to_owned(), roles.text2));
            from = escape.end;
        }
        runs.push(mono(text.get(from..).unwrap_or_default().to_owned(), roles.text));
    }
    runs
}

/// The places where a row stands among others.
pub(super) fn rect(list: Rect, top: f32) -> Rect {
    Rect::from_min_max(pos2(list.left(), top), pos2(list.right(), top + theme::ROW))
}
