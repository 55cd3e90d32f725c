//! What the log costs a frame, and how soon it answers: `cargo bench --bench log`.
//!
//! 1. A frame of a recording of ten million rows beside one of ten thousand, drawn in turns: at the end, in the middle, while scrolling, paging and
//!    jumping, with a filter and without. Goal: the ratio of the medians is below 1.2.
//! 2. Ten million rows are exact: Home, End, scroll bar, jumps, filters and searches across them show the rows they should. It panics where they do not.
//! 3. From an input to the end of the frame that shows its effect, while 200 000 rows a second come through the recorder. Goal: below 50 ms, 99 of 100.
//!
//! With `-- small`, a million rows stand for the ten million; `-- cost`, `-- exact` or `-- answer` run one of the three.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and may panic")]

mod answer;
mod exact;
mod headless;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};
use socket_lab::lab::{Lab, sample};
use socket_lab::text::Language;
use socket_lab::trace::{Args, Call, Header, Kind, Life, Origin, Outcome, Payload, ProgramId, Record, Settings, SocketId, ThreadId, Trace};
use socket_lab::ui::{App, SystemChooser};

use headless::{Headless, LOG, button, key, wheel};

const SMALL: u64 = 10_000;
/// Every so many rows are the lab's own, which are hidden.
const HIDDEN: u64 = 10_000;
const FRAMES: usize = 400;
const LIMIT: Duration = Duration::from_mins(5);

fn main() {
    let arguments = std::env::args().collect::<Vec<_>>();
    let is_asked = |name: &str| arguments.iter().any(|argument| argument == name);
    let all = !["cost", "exact", "answer"].into_iter().any(is_asked);
    if all || is_asked("cost") || is_asked("exact") {
        let large = if is_asked("small") { 1_000_000 } else { 10_000_000 };
        let folder = tempfile::tempdir().unwrap();
        let files = [SMALL, large].map(|rows| (folder.path().join(rows.to_string()), rows));
        for (file, rows) in &files {
            let began = Instant::now();
            record(file, *rows);
            println!("{rows:>9} rows recorded {:.1?}, {} MB", began.elapsed(), std::fs::metadata(file).unwrap().len() / 1_000_000);
        }
        if all || is_asked("cost") {
            cost(&files);
        }
        if all || is_asked("exact") {
            exact::check(&files[1].0, large);
        }
    }
    if all || is_asked("answer") {
        answer::measure();
    }
}

/// Says whether a goal is reached.
pub(crate) fn verdict(reached: bool) -> &'static str {
    if reached { "reached" } else { "MISSED" }
}

/// The lab that the window shows.
pub(crate) fn lab() -> Lab {
    sample("first-echo").unwrap().lab(&[]).unwrap()
}

/// Whether the log shows row `n` of a recording unless it is asked for all.
pub(crate) fn is_shown(n: u64) -> bool {
    n > 2 && !n.is_multiple_of(HIDDEN)
}

/// The word that stands in three rows of `rows`: near the first, in the middle, near the last.
pub(crate) const NEEDLE: &str = "needle";

/// The rows that hold it.
pub(crate) fn needles(rows: u64) -> [u64; 3] {
    [3, rows / 2 + 1, rows - 2]
}

fn row(n: u64, needles: [u64; 3]) -> Record {
    let (program, thread) = (ProgramId(1), ThreadId(1));
    let life = |life| Record {
        n: 0,
        kind: Kind::Life(life),
        origin: Origin::Program,
        run: 1,
        program,
        thread,
        socket: None,
        t0: 0,
        t1: 0,
        outcome: Outcome::Ok(0),
        payload: None,
    };
    match n {
        1 => return life(Life::ProgramStarted { name: "server".into(), kind: "tcp-server".into() }),
        2 => return life(Life::ThreadStarted { name: "server".into() }),
        _ => {}
    }
    let needle = if needles.contains(&n) { NEEDLE } else { "and some more text" };
    let (call, took) = if n.is_multiple_of(2) { (Call::Send, 400) } else { (Call::Recv, 900) };
    Record {
        kind: Kind::Call(call, Args::Length(64)),
        origin: if n.is_multiple_of(HIDDEN) { Origin::Lab } else { Origin::Program },
        socket: Some(SocketId(3)),
        t0: n * 1_000,
        t1: n * 1_000 + took,
        outcome: Outcome::Ok(64),
        payload: Some(Payload::whole(format!("row {n}; {needle} up to sixty-four bytes of a message").into_bytes())),
        ..life(Life::ThreadEnded)
    }
}

/// Records so many rows into `file`.
fn record(file: &Path, rows: u64) {
    let trace = Trace::new(Settings::default()).unwrap();
    trace.record(file, Header::here(lab().to_toml(), 0, Default::default())).unwrap();
    let needles = needles(rows);
    for first in (1..=rows).step_by(1_000) {
        trace.store().append((first..first + 1_000).map(|n| row(n, needles)));
    }
    trace.finish_recording();
}

/// The window with a recording, all of whose rows were looked at.
pub(crate) fn open(file: &Path) -> Headless {
    let mut window = Headless::new(|| (), |ctx| App::of_file(ctx, file, Language::English, Arc::new(SystemChooser)).unwrap());
    window.until(LIMIT, |window| window.is_settled() && !window.rows().is_empty());
    window
}

/// The value below which `part` of the others are.
pub(crate) fn quantile(times: &mut [Duration], part: f64) -> Duration {
    times.sort_unstable();
    let place = (times.len() as f64 * part) as usize;
    times.get(place.min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// How a window is driven in one frame of many: gets the number of the frame and of all rows.
type Drive = fn(&mut Headless, u64, u64) -> Vec<Event>;

const DRIVES: [(&str, Drive); 5] = [
    ("still, at the end", |_, _, _| Vec::new()),
    ("still, in the middle", |window, frame, rows| {
        if frame == 0 {
            window.choose(rows / 2 + 3);
        }
        Vec::new()
    }),
    ("wheel, 3 rows a frame", |_, _, _| wheel(-60.0)),
    // Back and forth, so that the smaller one does not end at its first row.
    ("a page a frame", |_, frame, _| key(Modifiers::NONE, if frame / 50 % 2 == 0 { Key::PageUp } else { Key::PageDown })),
    ("jump, anywhere", |window, frame, rows| {
        // Odd numbers: those of the lab are even.
        window.choose((frame * 7_919_113) % (rows - 2) / 2 * 2 + 3);
        Vec::new()
    }),
];

fn cost(files: &[(std::path::PathBuf, u64); 2]) {
    let mut windows = [0, 1].map(|which| open(&files[which].0));
    for filter in ["", "dir:received"] {
        for window in &mut windows {
            type_filter(window, filter);
            window.until(LIMIT, Headless::is_settled);
            // The log gets the keyboard, and stands at its newest row.
            for events in [vec![Event::PointerMoved(LOG), button(LOG, true)], vec![button(LOG, false)], key(Modifiers::NONE, Key::End)] {
                window.draw(events);
            }
        }
        for (name, drive) in DRIVES {
            let mut times = [Vec::new(), Vec::new()];
            for frame in 0..FRAMES as u64 {
                for (which, window) in windows.iter_mut().enumerate() {
                    let events = drive(window, frame, files[which].1);
                    times[which].push(window.draw(events));
                }
            }
            let [small, large] = times.map(|mut times| [0.5, 0.99].map(|part| quantile(&mut times, part)));
            let ratio = large[0].as_secs_f64() / small[0].as_secs_f64();
            let of = if filter.is_empty() { String::new() } else { format!(", filter {filter}") };
            println!("frame, {name}{of}");
            println!("  {SMALL:>9} rows        median {:.2?}, 99th {:.2?}", small[0], small[1]);
            println!("  {:>9} rows        median {:.2?}, 99th {:.2?}", files[1].1, large[0], large[1]);
            println!("  ratio                 {ratio:.2} (below 1.2: {})", verdict(ratio < 1.2));
        }
    }
}

/// Types a filter in place of the one there is.
pub(crate) fn type_filter(window: &mut Headless, filter: &str) {
    window.draw(key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F));
    window.draw(Vec::new());
    window.draw(key(Modifiers::COMMAND, Key::A));
    window.draw(key(Modifiers::NONE, Key::Backspace));
    if !filter.is_empty() {
        window.draw(vec![Event::Text(filter.to_owned())]);
    }
    window.draw(key(Modifiers::NONE, Key::Escape));
    window.draw(Vec::new());
}
