//! The trace as its users see it: threads that write, a store that numbers, filters and recordings that read.

#![expect(clippy::unwrap_used, reason = "a test may panic, and so may what several tests share")]

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};
use proptest::collection::vec;
use proptest::prelude::*;
use socket_lab::trace::activity::Activity;
use socket_lab::trace::filter::{Filter, Filtering};
use socket_lab::trace::{
    Args, Call, Header, Keep, Kind, Life, Outcome, ProgramId, Record, Recording, Settings, SocketId, Store, ThreadId, Trace, Tracer,
};

/// Far more than anything here takes; only a hang gets there.
const LIMIT: Duration = Duration::from_secs(30);

fn call(tracer: &Tracer, call: Call, bytes: &[u8]) {
    let open = tracer.begin(call, Args::Length(bytes.len() as u32), Some(SocketId(1)));
    open.end(Outcome::Ok(bytes.len() as i64), Some(bytes.into()));
}

/// Threads that each send the numbers from 0 on.
fn run_threads(trace: &Arc<Trace>, counts: &[u32]) {
    let threads = counts.iter().enumerate().map(|(index, count)| {
        let (tracer, count) = (trace.tracer(ProgramId(1), &format!("worker {index}")), *count);
        let send = move || (0..count).for_each(|number| call(&tracer, Call::Send, &number.to_le_bytes()));
        thread::Builder::new().name(format!("worker {index}")).spawn(send).unwrap()
    });
    for thread in threads.collect::<Vec<_>>() {
        thread.join().unwrap();
    }
}

fn read(store: &Store) -> Vec<Record> {
    let (mut rows, mut next) = (Vec::new(), 1);
    while let Some(scan) = store.scan(next) {
        rows.extend_from_slice(scan.rows());
        next = rows.last().unwrap().n + 1;
    }
    rows
}

fn is_call(row: &Record) -> bool {
    row.call().is_some()
}

/// Every call of every thread stands there once, and those of one thread in the order in which it made them.
fn assert_complete(rows: &[Record], counts: &[u32]) {
    let mut seen = HashMap::<ThreadId, Vec<u32>>::new();
    for row in rows.iter().filter(|row| is_call(row)) {
        let bytes = row.payload.as_ref().unwrap().bytes[..].try_into().unwrap();
        seen.entry(row.thread).or_default().push(u32::from_le_bytes(bytes));
    }
    let mut threads = seen.into_iter().collect::<Vec<_>>();
    threads.sort_by_key(|(thread, _)| *thread);
    let expected = counts.iter().filter(|count| **count > 0).map(|count| (0..*count).collect::<Vec<_>>());
    assert!(threads.into_iter().map(|(_, numbers)| numbers).eq(expected), "rows are lost, doubled or out of order");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn no_row_is_lost_and_numbers_are_dense_and_rising(counts in vec(0..3_000_u32, 1..9)) {
        let trace = Trace::new(Settings::default()).unwrap();
        run_threads(&trace, &counts);
        trace.flush();
        let rows = read(trace.store());
        prop_assert!(rows.iter().map(|row| row.n).eq(1..=rows.len() as u64));
        prop_assert_eq!(trace.store().newest(), rows.len() as u64);
        assert_complete(&rows, &counts);
    }

    #[test]
    fn a_recording_under_load_reads_back_equal(counts in vec(0..3_000_u32, 1..5), budget in 50_000..2_000_000_usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recording");
        let trace = Trace::new(Settings { budget, ..Settings::default() }).unwrap();
        trace.record(&path, Header::here("", 1, Default::default())).unwrap();
        run_threads(&trace, &counts);
        trace.finish_recording();
        let live = read(trace.store());
        assert_complete(&live, &counts);
        prop_assert_eq!(trace.store().counts().dropped, 0);
        drop(trace);
        let recording = Recording::open(&path).unwrap();
        prop_assert_eq!(read(&recording.store), live);
        prop_assert!(recording.losses.is_empty() && recording.store.losses().is_empty());
    }
}

#[test]
fn a_trace_that_ends_stores_and_records_what_its_threads_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording");
    let trace = Trace::new(Settings::default()).unwrap();
    trace.record(&path, Header::here("", 1, Default::default())).unwrap();
    run_threads(&trace, &[100, 100]);
    let tracer = trace.tracer(ProgramId(2), "late");
    let store = Arc::clone(trace.store());
    drop(trace);
    assert_complete(&read(&store), &[100, 100]);
    assert_complete(&read(&Recording::open(&path).unwrap().store), &[100, 100]);
    // A thread that outlives its trace is not held up and fills no memory.
    for number in 0..100_000_u32 {
        call(&tracer, Call::Send, &number.to_le_bytes());
    }
}

#[test]
fn a_call_under_way_is_shown_and_hides_no_finished_row() {
    let trace = Trace::new(Settings::default()).unwrap();
    let tracer = trace.tracer(ProgramId(1), "main");
    call(&tracer, Call::Send, b"before");
    let open = tracer.begin(Call::Accept, Args::None, Some(SocketId(4)));
    trace.flush();
    assert_eq!(read(trace.store()).iter().filter(|row| is_call(row)).count(), 1);
    let calls = trace.open_calls();
    assert_eq!(calls.iter().map(|call| (call.call, call.socket)).collect::<Vec<_>>(), [(Call::Accept, Some(SocketId(4)))]);
    drop(open);
    assert!(trace.open_calls().is_empty(), "a call whose thread panicked is not under way");
}

#[test]
fn a_full_lane_makes_its_thread_wait_and_says_so() {
    let trace = Trace::new(Settings { keep: Keep::All, ..Settings::default() }).unwrap();
    // The listener holds the recorder up, so that the lane fills: it takes 16384 rows.
    let (held, hold) = bounded::<()>(0);
    trace.store().on_growth(move || {
        hold.recv_timeout(LIMIT).ok();
    });
    run_in_background(&trace, 500_000, || drop(held));
    trace.flush();
    let rows = read(trace.store());
    assert_complete(&rows, &[500_000]);
    let waits = rows.iter().filter(|row| row.kind == Kind::Life(Life::LaneFull)).collect::<Vec<_>>();
    assert!(!waits.is_empty() && waits.iter().all(|row| row.took() > 0));
}

/// Lets a thread make calls, and `release` what holds it up when it does not come further.
fn run_in_background(trace: &Arc<Trace>, count: u32, release: impl FnOnce()) {
    let tracer = trace.tracer(ProgramId(1), "flood");
    let (step, steps) = bounded(1 << 20);
    let send = move || {
        for number in 0..count {
            call(&tracer, Call::Send, &number.to_le_bytes());
            step.send(()).unwrap();
        }
    };
    let thread = thread::Builder::new().name("flood".to_owned()).spawn(send).unwrap();
    let mut made = 0;
    while made < count && steps.recv_timeout(Duration::from_secs(1)).is_ok() {
        made += 1;
    }
    assert!(made < count, "the thread never had to wait");
    release();
    thread.join().unwrap();
}

#[test]
fn every_row_is_counted_in_memory_or_as_dropped() {
    let trace = Trace::new(Settings { budget: 1_000_000, ..Settings::default() }).unwrap();
    run_threads(&trace, &[20_000]);
    trace.flush();
    let counts = trace.store().counts();
    assert_eq!(counts.total(), trace.store().newest());
    assert!(counts.memory > 1_000 && counts.dropped > 10_000 && counts.disk == 0, "{counts:?}");
    let rows = read(trace.store());
    assert_eq!((rows.len() as u64, rows[0].n), (counts.memory, counts.dropped + 1));
    assert_eq!(trace.store().rows(counts.dropped..counts.dropped + 2), [None, Some(rows[0].clone())]);
    let heavy = rows.iter().map(Record::weight).sum::<usize>();
    assert!(heavy < 1_500_000, "{heavy} bytes are kept");
    assert_eq!(trace.store().names().thread_name(ThreadId(1)), "worker 0", "names outlive their rows");
    let mut activity = Activity::default();
    trace.store().scans(1).for_each(|scan| activity.fold(scan.rows()));
    assert_eq!((activity.missed(), activity.read()), (counts.dropped, counts.total()));
}

#[test]
fn rows_with_large_payloads_keep_to_the_budget() {
    let trace = Trace::new(Settings { budget: 16 << 20, ..Settings::default() }).unwrap();
    let tracer = trace.tracer(ProgramId(1), "main");
    for _ in 0..100 {
        call(&tracer, Call::Send, &vec![7; 1 << 20]);
    }
    trace.flush();
    let kept = read(trace.store()).iter().map(Record::weight).sum::<usize>();
    assert!((8 << 20..21 << 20).contains(&kept), "{kept} bytes are kept");
}

fn filtering(store: &Arc<Store>) -> (Filtering, Receiver<()>) {
    let (told, looked) = bounded(1);
    let listener = move || {
        told.try_send(()).ok();
    };
    (Filtering::new(store, listener).unwrap(), looked)
}

fn wait_done(filtering: &Filtering, looked: &Receiver<()>) {
    let limit = Instant::now() + LIMIT;
    while !filtering.progress().is_done() {
        assert!(looked.recv_deadline(limit).is_ok() || filtering.progress().is_done(), "{:?}", filtering.progress());
    }
}

#[test]
fn a_filter_follows_a_run_and_finds_the_same_in_its_recording() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording");
    let trace = Trace::new(Settings { budget: 1_000_000, ..Settings::default() }).unwrap();
    trace.record(&path, Header::here("", 1, Default::default())).unwrap();
    let (live, looked) = filtering(trace.store());
    let wanted = Filter::parse("call:send hex:\"07 01\"").unwrap();
    live.set(wanted.clone(), false);
    run_threads(&trace, &[10_000, 10_000]);
    trace.finish_recording();
    wait_done(&live, &looked);
    let recording = Recording::open(&path).unwrap();
    let (later, looked) = filtering(&recording.store);
    later.set(wanted.clone(), false);
    wait_done(&later, &looked);
    let names = trace.store().names();
    let expected = read(&recording.store).iter().filter(|row| wanted.passes(row, &names)).map(|row| row.n).collect::<Vec<_>>();
    assert!(expected.len() >= 2, "{expected:?}");
    assert_eq!(live.numbers(0..u64::MAX), expected);
    assert_eq!(later.numbers(0..u64::MAX), expected);
}
