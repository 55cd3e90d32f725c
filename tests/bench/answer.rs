//! How soon the window answers a person while 200 000 rows a second come in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, after, bounded, never, select};
use egui::{Event, Key, Modifiers};
use socket_lab::lab::Session;
use socket_lab::text::Language;
use socket_lab::trace::{Args, Call, Outcome, Settings, Tracer};
use socket_lab::ui::{App, SystemChooser};

use super::headless::{Headless, LOG, button, key, wheel};
use super::{lab, quantile, verdict};

/// The rows that each of the writers adds a second.
const RATE: u64 = 100_000;
const WRITERS: usize = 2;
/// How often a person does each thing.
const ROUNDS: u64 = 60;
/// How long its effect may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a person does, and how it shows.
struct Deed {
    name: &'static str,
    /// What is done before, which is not measured; it gets the number of the newest row.
    before: fn(&mut Headless, u64),
    events: fn(u64) -> Vec<Event>,
    /// What of the frame the deed changes, and nothing else.
    shown: fn(&Headless) -> String,
}

const DEEDS: [Deed; 6] = [
    Deed { name: "key, another row", before: choose, events: |_| key(Modifiers::NONE, Key::ArrowUp), shown: chosen },
    Deed { name: "key, pause and go on", before: follow, events: |_| key(Modifiers::COMMAND, Key::P), shown: paused },
    Deed { name: "pointer, choose a row", before: press, events: |_| vec![button(LOG, false)], shown: chosen },
    Deed { name: "key, newest row", before: choose, events: |_| key(Modifiers::COMMAND, Key::End), shown: first_row },
    Deed { name: "text, a letter of a filter", before: to_filter, events: |round| vec![Event::Text(letter(round))], shown: filter },
    // The last, since the wheel runs on for a while.
    Deed { name: "wheel", before: choose, events: |_| wheel(60.0), shown: first_row },
];

/// Prints how soon each deed shows.
pub(crate) fn measure() {
    let session = Arc::new(Session::new(lab(), Settings::default()).unwrap());
    let (wake, woken) = bounded(1);
    let of = Arc::clone(&session);
    let mut window = Headless::new(
        move || {
            wake.try_send(()).ok();
        },
        move |ctx| App::of_session(ctx, of, Language::English, Arc::new(SystemChooser)).unwrap(),
    );
    let stop = Arc::new(AtomicBool::new(false));
    let writers = writers(&session, &stop);
    let mut pacing = Pacing { woken, frames: Vec::new() };
    // Until there is something to look at.
    pacing.draw_for(&mut window, Duration::from_secs(1));
    pacing.frames.clear();
    let (began, before) = (Instant::now(), session.trace().store().newest());
    let mut all = Vec::new();
    for deed in &DEEDS {
        let newest = || session.trace().store().newest();
        let mut times = (0..ROUNDS).map(|round| pacing.time(&mut window, deed, round, newest())).collect::<Vec<_>>();
        println!("answer, {:<27} median {:.1?}, 99th {:.1?}", deed.name, quantile(&mut times, 0.5), quantile(&mut times, 0.99));
        all.append(&mut times);
    }
    let took = began.elapsed();
    let counts = session.trace().store().counts();
    let rate = (counts.total() - before) as f64 / took.as_secs_f64();
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.join().unwrap();
    }
    let [median, most] = [0.5, 0.99].map(|part| quantile(&mut all, part));
    let [frame, dear] = [0.5, 0.99].map(|part| quantile(&mut pacing.frames, part));
    println!("rows came               {rate:.0} a second for {took:.1?}; {counts:?}");
    println!(
        "frames                  {:.1} a second, median {frame:.2?}, 99th {dear:.2?}",
        pacing.frames.len() as f64 / took.as_secs_f64()
    );
    println!("from input to its frame median {median:.1?}, 99th {most:.1?} (below 50 ms: {})", verdict(most < Duration::from_millis(50)));
}

/// Threads of a program that write rows at the rate, through their lanes and the recorder.
fn writers(session: &Session, stop: &Arc<AtomicBool>) -> Vec<JoinHandle<()>> {
    let trace = session.trace();
    let program = trace.new_program();
    let first = trace.first_tracer(program, "server", "tcp-server");
    let tracers = std::iter::once(first).chain((1..WRITERS).map(|index| trace.tracer(program, &format!("writer {index}"))));
    let start = |tracer: Tracer| {
        let stop = Arc::clone(stop);
        thread::Builder::new().name("writer".to_owned()).spawn(move || write(&tracer, &stop)).unwrap()
    };
    tracers.map(start).collect()
}

fn write(tracer: &Tracer, stop: &AtomicBool) {
    let socket = Some(tracer.new_socket());
    let (began, mut written) = (Instant::now(), 0);
    while !stop.load(Ordering::Relaxed) {
        while written < (began.elapsed().as_secs_f64() * RATE as f64) as u64 {
            written += 1;
            let call = if written.is_multiple_of(2) { Call::Send } else { Call::Recv };
            let open = tracer.begin(call, Args::Length(64), socket);
            open.end(Outcome::Ok(64), Some(format!("row {written}; of this writer, up to sixty-four").as_bytes().into()));
        }
        after(Duration::from_millis(1)).recv().ok();
    }
}

/// Draws a frame when the window asks for one, as eframe does.
struct Pacing {
    woken: Receiver<()>,
    /// What each frame took.
    frames: Vec<Duration>,
}

impl Pacing {
    fn draw_for(&mut self, window: &mut Headless, time: Duration) {
        let end = Instant::now() + time;
        while Instant::now() < end {
            self.next_frame(window, end);
        }
    }

    /// Draws the next frame, unless it is due only after `end`.
    fn next_frame(&mut self, window: &mut Headless, end: Instant) {
        let due = window.due();
        if due.is_some_and(|due| due <= Instant::now()) {
            let took = window.draw(Vec::new());
            self.frames.push(took);
            return;
        }
        let until = |at: Instant| after(at.saturating_duration_since(Instant::now()));
        select! {
            recv(self.woken) -> _ => {},
            recv(due.map_or_else(never, until)) -> _ => {},
            recv(until(end)) -> _ => {},
        }
    }

    /// How long it takes from the deed to the end of the frame that shows it. The deed comes whenever it comes: also in the middle of a frame.
    fn time(&mut self, window: &mut Headless, deed: &Deed, round: u64, newest: u64) -> Duration {
        (deed.before)(window, newest);
        window.draw(Vec::new());
        // Frames go on until a moment that no frame knows of; one that is being drawn then is drawn to its end before the input is heard.
        let moment = Instant::now() + Duration::from_micros(20_000 + round * 7_919 % 70_000);
        self.draw_for(window, moment.saturating_duration_since(Instant::now()));
        let was = (deed.shown)(window);
        let mut events = (deed.events)(round);
        loop {
            let took = window.draw(std::mem::take(&mut events));
            self.frames.push(took);
            if (deed.shown)(window) != was {
                return moment.elapsed();
            }
            assert!(moment.elapsed() < PATIENCE, "{} does not show after {was:?}", deed.name);
            // What is not shown at once is shown by a frame that the window asks for.
            while window.due().is_none_or(|due| due > Instant::now()) && moment.elapsed() < PATIENCE {
                let due = window.due().map_or_else(|| after(PATIENCE), |due| after(due.saturating_duration_since(Instant::now())));
                select! {
                    recv(self.woken) -> _ => {},
                    recv(due) -> _ => {},
                }
            }
        }
    }
}

/// Gives the log the keyboard, at a row that is not the newest.
fn choose(window: &mut Headless, newest: u64) {
    follow(window, newest);
    window.choose(newest.saturating_sub(5_000).max(1));
}

/// Gives the log the keyboard, at the newest row.
fn follow(window: &mut Headless, _: u64) {
    for events in [vec![Event::PointerMoved(LOG), button(LOG, true)], vec![button(LOG, false)], key(Modifiers::NONE, Key::End)] {
        window.draw(events);
    }
}

/// Presses the button on a row that is not chosen.
fn press(window: &mut Headless, newest: u64) {
    choose(window, newest);
    window.draw(vec![Event::PointerMoved(LOG)]);
    window.draw(vec![button(LOG, true)]);
}

fn to_filter(window: &mut Headless, newest: u64) {
    follow(window, newest);
    window.draw(key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F));
}

/// Letters of a filter that leaves out nothing, though it looks at every row for it.
fn letter(round: u64) -> String {
    if round == 0 { "-z" } else { "z" }.to_owned()
}

fn chosen(window: &Headless) -> String {
    window.texts().find(|(_, text)| text.starts_with("ROW ")).map(|(_, text)| text.to_owned()).unwrap_or_default()
}

fn paused(window: &Headless) -> String {
    window.shows("Paused").to_string()
}

/// The number of the row at the upper edge.
fn first_row(window: &Headless) -> String {
    let numbers = window.texts().filter(|(at, text)| (200.0..300.0).contains(&at.x) && at.y > 250.0 && text.parse::<u64>().is_ok());
    numbers.map(|(_, text)| text.to_owned()).next().unwrap_or_default()
}

/// What stands in the field of the filter.
fn filter(window: &Headless) -> String {
    window.texts().map(|(_, text)| text).find(|text| text.starts_with("-z")).unwrap_or_default().to_owned()
}
