//! Recordings are written, cut, damaged and read back.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;

use super::format::{Block, Frame, FrameKind, HEAD_LEN, HeadBody, MAGIC, VERSION, rows_to_bytes};
use super::{Header, Recording, RecordingError, RecordingState};
use crate::text;
use crate::trace::activity::Activity;
use crate::trace::filter::{Filter, Filtering};
use crate::trace::{
    Address, Args, Call, Errno, Flags, Kind, Life, Mark, Origin, Outcome, Payload, ProgramId, Record, Settings, SocketId, Store, ThreadId,
    Trace, Value,
};

pub(super) fn record() -> impl Strategy<Value = Record> {
    let address = || any::<(u32, u16)>().prop_map(|(host, port)| Address::Ip((host.to_be_bytes(), port).into()));
    let kind = prop_oneof![
        4 => (prop::sample::select(Call::ALL), any::<u32>()).prop_map(|(call, length)| Kind::Call(call, Args::Length(length))),
        1 => address().prop_map(|address| Kind::Call(Call::Connect, Args::Address(address))),
        1 => any::<bool>().prop_map(|on| Kind::Call(Call::SetSockOpt, Args::OptionValue("SO_REUSEADDR".into(), Value::Flag(on).into()))),
        1 => "[a-z再]{0,5}".prop_map(|name| Kind::Life(Life::ThreadStarted { name: name.into() })),
        1 => any::<u16>().prop_map(|n| {
            let what = text!("trace-recording-version", file = "a file", version = n);
            Kind::Life(Life::Told(text!("trace-filter-nearest", what = what, nearest = "another")))
        }),
        1 => ".{0,9}".prop_map(|what| Kind::Panic(what.into())),
        1 => (any::<u64>(), prop::option::of(".{0,9}")).prop_map(|(row, note)| Kind::Mark(Mark { row, note: note.map(Into::into) })),
    ];
    let outcome = prop_oneof![
        3 => any::<i64>().prop_map(Outcome::Ok),
        1 => (0..50_u32, address()).prop_map(|(socket, address)| Outcome::Socket(SocketId(socket), address)),
        1 => (address(), any::<bool>()).prop_map(|(address, truncated)| Outcome::Address(address, Flags { truncated })),
        1 => any::<i32>().prop_map(|code| Outcome::Err(Errno::from_code(code))),
    ];
    let origin = prop::sample::select(vec![Origin::Program, Origin::Person, Origin::Lab]);
    let payload = prop::option::of((vec(any::<u8>(), 0..40), any::<u32>()));
    (kind, outcome, origin, payload, prop::option::of(0..50_u32), any::<(u64, u64)>(), 0..4_u32).prop_map(
        |(kind, outcome, origin, payload, socket, (t0, t1), id)| Record {
            n: 0,
            kind,
            origin,
            run: 1,
            program: ProgramId(id),
            thread: ThreadId(id),
            socket: socket.map(SocketId),
            t0,
            t1,
            outcome,
            payload: payload.map(|(bytes, full_len)| Payload { bytes: bytes.into(), full_len }),
        },
    )
}

fn header() -> Header {
    Header::here("title = \"test\"", 7, [("net.core.somaxconn".to_owned(), "4096".to_owned())].into())
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording");
    (folder, path)
}

/// A finished recording of `rows`, each part in frames of its own; returns the rows with their numbers.
fn write(path: &std::path::Path, parts: &[Vec<Record>], settings: Settings) -> (Arc<Trace>, Vec<Record>) {
    let trace = Trace::new(settings).unwrap();
    trace.record(path, header()).unwrap();
    let mut all = Vec::new();
    for part in parts {
        trace.store().append(part.clone());
        all.extend(part.iter().cloned());
        wait(&trace, |rows| rows == all.len() as u64);
    }
    let status = trace.finish_recording().unwrap();
    assert_eq!((status.state, status.rows, status.bytes), (RecordingState::Finished, all.len() as u64, fs::metadata(path).unwrap().len()));
    for (row, n) in all.iter_mut().zip(1..) {
        row.n = n;
    }
    (trace, all)
}

/// Waits until so many rows are written. The writer waits a second for more; waking it does not hurry it, so that is what a part costs.
fn wait(trace: &Trace, enough: impl Fn(u64) -> bool) {
    let limit = Instant::now() + Duration::from_secs(20);
    let (told, woken) = bounded::<()>(1);
    while !enough(trace.recording().unwrap().rows) {
        assert!(Instant::now() < limit, "{:?}", trace.recording());
        woken.recv_timeout(Duration::from_millis(2)).ok();
    }
    drop(told);
}

fn wake(told: &Sender<()>) {
    told.try_send(()).ok();
}

fn read(store: &Store) -> Vec<Record> {
    store.scans(1).flat_map(|scan| scan.rows().to_vec()).collect()
}

/// The bytes of a recording with these parts as frames, without an index, and where each frame ends.
fn bytes_of(parts: &[Vec<Record>], salt: u32) -> (Vec<u8>, Vec<(usize, usize)>) {
    let body = postcard::to_stdvec(&HeadBody { salt, header: header() }).unwrap();
    let frame = Frame::of(FrameKind::Head, &body, 0).unwrap();
    let mut bytes = [&MAGIC[..], &VERSION.to_le_bytes(), &frame.to_bytes(0), &body].concat();
    let (mut ends, mut n) = (Vec::new(), 0);
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let mut rows = part.clone();
        for row in &mut rows {
            n += 1;
            row.n = n;
        }
        bytes.extend(rows_to_bytes(&rows, salt).unwrap().1);
        ends.push((bytes.len(), n as usize));
    }
    (bytes, ends)
}

fn open(bytes: &[u8]) -> Result<Recording, RecordingError> {
    let (_folder, path) = folder();
    fs::write(&path, bytes).unwrap();
    Recording::open(&path)
}

fn numbered(parts: &[Vec<Record>]) -> Vec<Record> {
    let mut rows = parts.concat();
    for (row, n) in rows.iter_mut().zip(1..) {
        row.n = n;
    }
    rows
}

/// Does everything with it that a view would do: nothing may panic or hang.
fn use_it(recording: &Recording) -> Vec<Record> {
    let rows = read(&recording.store);
    let mut activity = Activity::default();
    recording.store.scans(1).for_each(|scan| activity.fold(scan.rows()));
    let names = recording.store.names();
    for row in &rows {
        crate::trace::line::json(row, &names);
        crate::trace::line::text(row, &names, crate::text::Language::Chinese);
    }
    let counts = recording.store.counts();
    assert_eq!(counts.disk, rows.len() as u64, "rows that cannot be read count as dropped");
    assert_eq!(counts.memory, 0);
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_recording_reads_back_equal(rows in vec(record(), 0..300)) {
        let (_folder, path) = folder();
        let trace = Trace::new(Settings::default()).unwrap();
        trace.record(&path, header()).unwrap();
        trace.store().append(rows.clone());
        let status = trace.finish_recording().unwrap();
        prop_assert_eq!((status.state, status.rows), (RecordingState::Finished, rows.len() as u64));
        prop_assert_eq!(status.bytes, fs::metadata(&path).unwrap().len());
        let recording = Recording::open(&path).unwrap();
        prop_assert_eq!(&recording.losses, &[]);
        prop_assert_eq!(&recording.header, &Header { started: trace.clock().wall(), ..header() });
        prop_assert_eq!(use_it(&recording), numbered(&[rows]));
        prop_assert_eq!(recording.store.names(), trace.store().names());
    }

    #[test]
    fn cut_at_any_byte_it_loses_at_most_the_last_chunk(parts in vec(vec(record(), 1..20), 1..6), cut in any::<prop::sample::Index>()) {
        let (mut bytes, ends) = bytes_of(&parts, 5);
        bytes.truncate(cut.index(bytes.len() + 1));
        let whole = ends.iter().rev().find(|(end, _)| *end <= bytes.len());
        match open(&bytes) {
            Ok(recording) => {
                let rows = use_it(&recording);
                prop_assert_eq!(rows.len(), whole.map_or(0, |(_, rows)| *rows));
                prop_assert_eq!(&rows[..], &numbered(&parts)[..rows.len()]);
                prop_assert_eq!(recording.losses.len(), 1, "it is told");
            }
            Err(error) => prop_assert!(whole.is_none(), "{}", error),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_bytes_cost_only_their_chunks(
        parts in vec(vec(record(), 1..6), 1..5),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let (mut bytes, ends) = bytes_of(&parts, 5);
        let before = bytes.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let start = ends[0].0 - rows_to_bytes(&numbered(&parts[..1]), 5).unwrap().1.len();
        match open(&bytes) {
            Ok(recording) => {
                let rows = use_it(&recording);
                let mut from = (start, 0);
                for (end, n) in ends {
                    let intact = bytes[from.0..end] == before[from.0..end];
                    let all = numbered(&parts);
                    prop_assert!(!intact || all[from.1..n].iter().all(|row| rows.contains(row)), "an intact chunk is read");
                    from = (end, n);
                }
                prop_assert!(rows.iter().all(|row| numbered(&parts).contains(row)), "nothing is read that was not written");
            }
            Err(error) => prop_assert!(bytes[..start] != before[..start], "{}", error),
        }
    }

    /// Whoever computes the checksums may still not make it panic or allocate.
    #[test]
    fn hostile_frames_are_survived(
        bodies in vec((vec(any::<u8>(), 0..200), any::<u64>(), any::<u32>(), 0..4_usize), 0..6),
        real in vec(record(), 1..4),
        index in vec(any::<u8>(), 0..100),
    ) {
        let (mut bytes, _) = bytes_of(&[real], 5);
        for (body, first, count, kind) in bodies {
            let kind = [FrameKind::Rows, FrameKind::Rows, FrameKind::Index, FrameKind::Done][kind];
            let count = if count % 2 == 0 { count % 100 } else { count };
            let frame = Frame { count, ..Frame::of(kind, &body, if first % 2 == 0 { first % 100 } else { first }).unwrap() };
            bytes.extend(frame.to_bytes(5));
            bytes.extend(body);
        }
        let at = bytes.len() as u64;
        bytes.extend(Frame::of(FrameKind::Index, &index, 0).unwrap().to_bytes(5));
        bytes.extend(&index);
        bytes.extend(Frame::of(FrameKind::Done, &[], at).unwrap().to_bytes(5));
        if let Ok(recording) = open(&bytes) {
            use_it(&recording);
        }
    }

    #[test]
    fn any_bytes_are_survived(bytes in vec(any::<u8>(), 0..300), prefix in any::<bool>()) {
        let bytes = if prefix { [&MAGIC[..], &VERSION.to_le_bytes(), &bytes].concat() } else { bytes };
        prop_assert!(open(&bytes).is_err());
    }
}

fn sends(count: u64, bytes: usize) -> Vec<Record> {
    let row = |n: u64| {
        let row = Record::plain(n, Kind::Call(Call::Send, Args::Length(bytes as u32)));
        let origin = if n.is_multiple_of(5_000) { Origin::Lab } else { Origin::Program };
        Record { n: 0, origin, outcome: Outcome::Ok(bytes as i64), payload: Some(Payload::whole(vec![n as u8; bytes])), ..row }
    };
    (1..=count).map(row).collect()
}

#[test]
fn rows_that_left_memory_are_paged_in() {
    let (_folder, path) = folder();
    let (trace, all) = write(&path, &[sends(9_000, 100), sends(40_000, 100)], Settings { budget: 2_000_000, ..Settings::default() });
    let counts = trace.store().counts();
    assert_eq!((counts.dropped, counts.total()), (0, 49_000));
    assert!(counts.disk > 30_000, "{counts:?}");
    let recording = Recording::open(&path).unwrap();
    for store in [trace.store(), &recording.store] {
        let (told, came) = bounded(1);
        store.on_growth(move || wake(&told));
        for range in [1..50, 8_990..9_010, 20_000..20_100] {
            let mut rows = store.rows(range.clone());
            assert_eq!(rows[0], None, "nothing is read on the caller's thread");
            while rows.iter().any(Option::is_none) {
                came.recv_timeout(Duration::from_secs(20)).unwrap();
                rows = store.rows(range.clone());
            }
            let wanted = &all[range.start as usize - 1..range.end as usize - 1];
            assert!(rows.iter().flatten().eq(wanted));
        }
        assert_eq!(read(store), all);
        assert_eq!(store.rows(0..1), [None]);
        assert_eq!(store.rows(49_001..49_002), [None]);
    }
    let without_quiet = recording.store.without_quiet(1).unwrap();
    assert!(without_quiet < 5_000, "row 5000 is a call of the lab");
    assert_eq!(recording.store.without_quiet(5_000), None);
    assert_eq!(recording.store.counts().disk, 49_000);
}

/// A view of a recording leaves out the same rows as a view of the run did.
#[test]
fn quiet_rows_stay_out_of_a_recording() {
    let (_folder, path) = folder();
    let birth = Record { kind: Kind::Life(Life::ThreadStarted { name: "t".into() }), payload: None, ..sends(1, 0).remove(0) };
    let (trace, _) = write(&path, &[vec![birth], sends(10, 1)], Settings::default());
    let recording = Recording::open(&path).unwrap();
    for store in [trace.store(), &recording.store] {
        let (told, looked) = bounded(1);
        let filtering = Filtering::new(store, move || wake(&told)).unwrap();
        while !filtering.progress().is_done() {
            looked.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        assert_eq!((filtering.count(), filtering.numbers(0..2)), (10, vec![2, 3]));
    }
}

#[test]
fn a_killed_program_leaves_its_rows_and_their_names() {
    let (_folder, path) = folder();
    let trace = Trace::new(Settings::default()).unwrap();
    trace.record(&path, header()).unwrap();
    trace.tracer(ProgramId(1), "main loop");
    trace.flush();
    wait(&trace, |rows| rows == 1);
    let copy = path.with_extension("killed");
    fs::copy(&path, &copy).unwrap();
    let recording = Recording::open(&copy).unwrap();
    assert_eq!(recording.losses[0].key(), "trace-recording-unfinished");
    let (told, came) = bounded(8);
    recording.store.on_growth(move || wake(&told));
    while recording.store.names().thread_name(ThreadId(2)) != "main loop" {
        came.recv_timeout(Duration::from_secs(20)).unwrap();
    }
    assert_eq!(trace.record(&path, header()), Err(RecordingError::Already));
}

/// A filter by a name waits for the names where they are read from the rows.
#[test]
fn a_filter_finds_names_in_what_a_killed_program_left() {
    let (_folder, path) = folder();
    let trace = Trace::new(Settings::default()).unwrap();
    trace.record(&path, header()).unwrap();
    let birth = Kind::Life(Life::ProgramStarted { name: "server".into(), kind: "tcp-server".into() });
    let rows = [vec![Record { kind: birth, payload: None, ..sends(1, 0).remove(0) }], sends(40_000, 1)].concat();
    trace.store().append(rows);
    wait(&trace, |rows| rows == 40_001);
    let copy = path.with_extension("killed");
    fs::copy(&path, &copy).unwrap();
    let recording = Recording::open(&copy).unwrap();
    let (told, looked) = bounded(1);
    let filtering = Filtering::new(&recording.store, move || wake(&told)).unwrap();
    filtering.set(Filter::parse("program:server").unwrap(), true);
    while !filtering.progress().is_done() {
        looked.recv_timeout(Duration::from_secs(20)).unwrap();
    }
    assert_eq!(filtering.count(), 40_001);
}

#[test]
fn what_cannot_be_opened_says_why() {
    let (folder, path) = folder();
    let (mut bytes, _) = bytes_of(&[sends(1, 1)], 5);
    bytes[8] = 9;
    for (bytes, key) in [(&b""[..], "trace-recording-not-one"), (b"GIF89a", "trace-recording-not-one"), (&bytes, "trace-recording-version")]
    {
        fs::write(&path, bytes).unwrap();
        assert_eq!(Recording::open(&path).unwrap_err().message().key(), key);
    }
    assert_eq!(Recording::open(folder.path()).unwrap_err(), RecordingError::NotOne(folder.path().to_owned()));
    let missing = Recording::open(&folder.path().join("missing")).unwrap_err();
    assert!(missing.to_string().starts_with("open of ") && missing.to_string().contains("ENOENT"), "{missing}");
    let trace = Trace::new(Settings::default()).unwrap();
    let refused = trace.record(&folder.path().join("no/folder"), header()).unwrap_err();
    assert!(matches!(refused, RecordingError::System { call: "open", errno, .. } if errno.is("ENOENT")));
    assert!(trace.recording().is_none());
    let lab = folder.path().join("lab.toml");
    fs::write(&lab, "title = \"mine\"").unwrap();
    assert_eq!(trace.record(&lab, header()).unwrap_err(), RecordingError::Occupied(lab.clone()));
    assert_eq!(fs::read(&lab).unwrap(), b"title = \"mine\"", "what a person wrote is not replaced");
    #[cfg(target_os = "linux")]
    {
        let full = trace.record(std::path::Path::new("/dev/full"), header()).unwrap_err();
        assert!(matches!(full, RecordingError::System { call: "write", errno, .. } if errno.is("ENOSPC")));
    }
}

#[test]
fn a_frame_is_read_as_it_was_written() {
    let rows = numbered(&[sends(3, 10)]);
    let (frame, bytes) = rows_to_bytes(&rows, 77).unwrap();
    assert_eq!((bytes.len(), frame.count, frame.first), (HEAD_LEN + frame.length as usize, 3, 1));
    assert_eq!(Frame::from_bytes(&bytes, 77), Some(frame));
    assert_eq!(Frame::from_bytes(&bytes, 78), None, "a head of another file");
    let block = Block::of(&frame, 100);
    assert!(block.is_sane(0, block.end()) && !block.is_sane(1, block.end()) && !block.is_sane(0, block.end() - 1));
}
