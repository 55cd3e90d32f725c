//! What the trace costs, beside the same work without it: `cargo bench --bench trace`. With `-- large`, also ten million rows
//! in a recording of about 900 MB, beyond the memory budget.
//!
//! Every figure that is held to something is a ratio, or stands beside the bare loop of the same run: machines differ, and so do their moods.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and may panic")]

use std::hint::black_box;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};
use socket_lab::trace::filter::{Filter, Filtering};
use socket_lab::trace::{
    Args, Call, Header, Kind, Origin, Outcome, Payload, ProgramId, Record, Recording, Settings, SocketId, Store, ThreadId, Trace,
};

const RUNS: usize = 5;
const ROWS: usize = 600_000;
const BATCH: usize = 3_000;

fn row(n: usize) -> Record {
    Record {
        n: 0,
        kind: Kind::Call(if n.is_multiple_of(2) { Call::Send } else { Call::Recv }, Args::Length(64)),
        origin: if n.is_multiple_of(10_000) { Origin::Lab } else { Origin::Program },
        run: 1,
        program: ProgramId(1),
        thread: ThreadId(1),
        socket: Some(SocketId(3)),
        t0: n as u64 * 1_000,
        t1: n as u64 * 1_000 + 400,
        outcome: Outcome::Ok(64),
        payload: Some(Payload::whole(format!("message {n}, and some more text up to sixty-four bytes..").into_bytes())),
    }
}

fn batches() -> Vec<Vec<Record>> {
    (0..ROWS / BATCH).map(|batch| (0..BATCH).map(|n| row(batch * BATCH + n)).collect()).collect()
}

/// The shortest of some runs; `prepare` is not measured, nor is the end of what `run` returns.
fn best<P, R>(runs: usize, mut prepare: impl FnMut() -> P, mut run: impl FnMut(P) -> R) -> Duration {
    let time = |_| {
        let prepared = prepare();
        let start = Instant::now();
        let result = black_box(run(prepared));
        let took = start.elapsed();
        drop(result);
        took
    };
    (0..runs).map(time).min().unwrap_or_default()
}

fn per_row(took: Duration, rows: usize) -> String {
    format!("{:.1} ns a row, {:.2} M rows/s", took.as_nanos() as f64 / rows as f64, rows as f64 / took.as_secs_f64() / 1e6)
}

fn unlimited() -> Settings {
    Settings { budget: usize::MAX, ..Settings::default() }
}

fn main() {
    append();
    take_in(false);
    take_in(true);
    let store = Arc::new(Store::new(usize::MAX));
    for batch in batches() {
        store.append(batch);
    }
    filter(&store);
    window(&store);
    record();
    if std::env::args().any(|argument| argument == "large") {
        large();
    }
}

fn wake(sleeper: &Sender<()>) {
    sleeper.try_send(()).ok();
}

fn append() {
    let push = |batches: Vec<Vec<Record>>| {
        let mut rows = Vec::new();
        batches.into_iter().flatten().for_each(|row| rows.push(row));
        rows
    };
    let store = |batches: Vec<Vec<Record>>| {
        let store = Store::new(usize::MAX);
        for batch in batches {
            store.append(batch);
        }
        store
    };
    let (bare, ours) = (best(RUNS, batches, push), best(RUNS, batches, store));
    println!("append to the store     {}", per_row(ours, ROWS));
    println!("push onto a Vec         {}", per_row(bare, ROWS));
    println!("  ratio                 {:.2} (at most 3)", ours.as_secs_f64() / bare.as_secs_f64());
}

/// Two threads that do nothing but write rows, until all of them stand in the store.
fn take_in(filtered: bool) {
    const EACH: usize = 1_000_000;
    let run = |trace: Arc<Trace>| {
        let filtering = filtered.then(|| {
            let filtering = Filtering::new(trace.store(), || ()).unwrap();
            filtering.set(Filter::parse("dir:sent").unwrap(), false);
            filtering
        });
        let threads = (0..2).map(|index| {
            let tracer = trace.tracer(ProgramId(1), &format!("writer {index}"));
            let write = move || {
                for _ in 0..EACH {
                    let open = tracer.begin(Call::Send, Args::Length(64), Some(SocketId(1)));
                    open.end(Outcome::Ok(64), Some([7; 64][..].into()));
                }
            };
            thread::Builder::new().name(format!("writer {index}")).spawn(write).unwrap()
        });
        threads.collect::<Vec<_>>().into_iter().for_each(|thread| thread.join().unwrap());
        trace.flush();
        drop(filtering);
        trace
    };
    let mut waits = 0;
    let took = best(
        3,
        || Trace::new(unlimited()).unwrap(),
        |trace| {
            let trace = run(trace);
            assert_eq!(trace.store().counts().dropped, 0);
            let newest = trace.store().newest();
            waits = newest - 2 * EACH as u64 - 2;
            trace
        },
    );
    println!(
        "two threads record      {} (at least 1 M), a full lane waited {waits} times{}",
        per_row(took, 2 * EACH),
        if filtered { ", beside a filter" } else { "" }
    );
}

fn filter(store: &Arc<Store>) {
    let rows = batches().concat();
    for text in ["dir:received", "hex:\"39 39 2c\"", "MESSAGE 5999", "send(64"] {
        let parsed = Filter::parse(text).unwrap();
        let took = best(
            RUNS,
            || (),
            |()| {
                let (told, looked) = bounded(1);
                let filtering = Filtering::new(store, move || wake(&told)).unwrap();
                filtering.set(parsed.clone(), false);
                while !filtering.progress().is_done() {
                    looked.recv_timeout(Duration::from_mins(1)).ok();
                }
                filtering
            },
        );
        let names = store.names();
        let bare = best(RUNS, || (), |()| rows.iter().filter(|row| parsed.passes(row, &names)).count());
        println!("filter {text:<16} {}; the bare loop {}", per_row(took, ROWS), per_row(bare, ROWS));
    }
}

/// What the window asks for in a frame.
fn window(store: &Arc<Store>) {
    let filtering = Filtering::new(store, || ()).unwrap();
    filtering.set(Filter::parse("dir:received").unwrap(), false);
    while !filtering.progress().is_done() {
        thread::yield_now();
    }
    let frame = best(200, || (), |()| store.rows_at(&filtering.numbers(200_000..200_050)));
    println!("a frame of 50 rows      {frame:?}");
}

fn record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording");
    let run = |trace: Arc<Trace>| {
        trace.record(&path, Header::here("", 0, Default::default())).unwrap();
        for batch in batches() {
            trace.store().append(batch);
        }
        trace.finish_recording();
        trace
    };
    let make = best(3, || (), |()| batches());
    let took = best(3, || Trace::new(unlimited()).unwrap(), run).saturating_sub(make);
    let bytes = std::fs::metadata(&path).unwrap().len();
    println!("record into a file      {}, {:.0} MB/s", per_row(took, ROWS), bytes as f64 / took.as_secs_f64() / 1e6);
    let took = best(RUNS, || (), |()| Recording::open(&path).unwrap());
    println!("open a recording        {took:?} of {} MB", bytes / 1_000_000);
    let first = |()| {
        let (told, came) = bounded(1);
        let recording = Recording::open(&path).unwrap();
        recording.store.on_growth(move || wake(&told));
        while recording.store.rows(300_000..300_050).iter().any(Option::is_none) {
            came.recv_timeout(Duration::from_secs(10)).ok();
        }
        recording
    };
    println!("  to a page in it       {:?}", best(RUNS, || (), first));
    let read = |recording: Recording| {
        let mut next = 1;
        while let Some(scan) = recording.store.scan(next) {
            next = scan.rows().last().map_or(next, |row| row.n) + 1;
        }
        recording
    };
    let took = best(3, || Recording::open(&path).unwrap(), read);
    println!("read all of it          {}", per_row(took, ROWS));
}

/// Ten million rows, most of which stand on disk alone.
fn large() {
    const LARGE: usize = 10_000_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording");
    let trace = Trace::new(Settings::default()).unwrap();
    trace.record(&path, Header::here("", 0, Default::default())).unwrap();
    let start = Instant::now();
    for batch in 0..LARGE / BATCH {
        trace.store().append((0..BATCH).map(|n| row(batch * BATCH + n)).collect::<Vec<_>>());
    }
    trace.finish_recording();
    println!("ten million rows        recorded in {:?}, {:?}", start.elapsed(), trace.store().counts());
    drop(trace);
    let start = Instant::now();
    let recording = Recording::open(&path).unwrap();
    println!("  opened                {:?}", start.elapsed());
    for text in ["", "dir:received"] {
        let start = Instant::now();
        let (told, looked) = bounded(1);
        let filtering = Filtering::new(&recording.store, move || wake(&told)).unwrap();
        filtering.set(Filter::parse(text).unwrap(), false);
        while !filtering.progress().is_done() {
            looked.recv_timeout(Duration::from_mins(1)).ok();
        }
        let page = best(50, || (), |()| filtering.numbers(4_000_000..4_000_050));
        println!("  filter {text:<14} {:?}, {} matches, a page of numbers {page:?}", start.elapsed(), filtering.count());
    }
}
