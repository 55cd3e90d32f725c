//! The thread that writes a recording. It reads the store as any reader does; the store keeps its rows until they are written.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::disk::Disk;
use super::format::{Block, Frame, FrameKind, HEAD_LEN, HeadBody, IndexBody, MAGIC, PREFIX, VERSION, rows_to_bytes};
use super::pager::Pager;
use super::{Header, RecordingError, shown};
use crate::text;
use crate::text::Message;
use crate::trace::errno::Errno;
use crate::trace::lane::Tracer;
use crate::trace::record::{Life, Record};
use crate::trace::store::{CHUNK, Store};

/// How long a row may stand in memory alone before it is written, in a chunk of its own if need be.
const QUIET: Duration = Duration::from_secs(1);

/// The payload after which a frame takes no more rows: what is paged in for one row stays small.
const FRAME_BYTES: usize = 4 << 20;

/// Where a recording is written to.
pub(super) trait Sink: Write + Send {
    /// Makes the file so long again: what was written of a frame that did not fit is taken away.
    fn cut(&mut self, length: u64) -> io::Result<()>;
    /// Brings all of it to the disk itself.
    fn sync(&mut self) -> io::Result<()>;
}

impl Sink for File {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.seek(SeekFrom::Start(length)).map(drop)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// How a recording fares.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordingState {
    /// Rows are written as they come.
    Writing,
    /// The system refused to take more; why. What was written can be opened.
    Failed(Message),
    /// It is finished: closed with its index.
    Finished,
}

/// How far a recording has come.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordingStatus {
    /// The file.
    pub path: PathBuf,
    /// How it fares.
    pub state: RecordingState,
    /// How many rows stand in the file.
    pub rows: u64,
    /// How long the file is, in bytes.
    pub bytes: u64,
}

/// A recording that is being written. Ends, with all rows and its index in the file, when [`finish`](Self::finish) is called or it is dropped.
#[derive(Debug)]
pub(in crate::trace) struct Writing {
    store: Arc<Store>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    ending: AtomicBool,
    status: Mutex<RecordingStatus>,
}

impl Shared {
    fn status(&self) -> MutexGuard<'_, RecordingStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writing {
    /// Makes the file, or empties it where there is a recording, and starts to write the rows of `store`. What goes wrong later is told by `tracer`.
    pub(in crate::trace) fn begin(path: &Path, header: Header, store: &Arc<Store>, tracer: Tracer) -> Result<Self, RecordingError> {
        let system = |call: &'static str| move |error: io::Error| RecordingError::system(call, path, &error);
        if holds_something_else(path) {
            return Err(RecordingError::Occupied(path.to_owned()));
        }
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(path).map_err(system("open"))?;
        let paging = File::open(path).map_err(system("open"))?;
        Self::begin_in(Box::new(file), paging, path, header, store, tracer)
    }

    fn begin_in(
        mut sink: Box<dyn Sink>,
        paging: File,
        path: &Path,
        header: Header,
        store: &Arc<Store>,
        tracer: Tracer,
    ) -> Result<Self, RecordingError> {
        let system = |call: &'static str| move |error: io::Error| RecordingError::system(call, path, &error);
        let salt = salt();
        let offset = write_head(sink.as_mut(), &HeadBody { salt, header }).map_err(system("write"))?;
        let disk = Arc::new(Disk::new(path, paging));
        store.record_on(Pager::new(Arc::clone(&disk)));
        store.start_pager(false).inspect_err(|_error| store.written_all()).map_err(system("clone"))?;
        let status = RecordingStatus { path: path.to_owned(), state: RecordingState::Writing, rows: 0, bytes: offset };
        let shared = Arc::new(Shared { ending: AtomicBool::new(false), status: Mutex::new(status) });
        let work = Work { sink, disk, salt, offset, next: 1, rows: 0, store: Arc::clone(store), shared: Arc::clone(&shared), tracer };
        let thread = thread::Builder::new().name("recording".to_owned()).spawn(move || work.run());
        let thread = thread.inspect_err(|_error| store.written_all()).map_err(system("clone"))?;
        Ok(Self { store: Arc::clone(store), shared, thread: Some(thread) })
    }

    /// How far it has come.
    pub(in crate::trace) fn status(&self) -> RecordingStatus {
        self.shared.status().clone()
    }

    /// Says that what is left is to be written and the file to be closed. The thread, to be joined with no lock held, ends when that is done.
    pub(in crate::trace) fn finish(&mut self) -> Option<JoinHandle<()>> {
        self.shared.ending.store(true, Ordering::SeqCst);
        self.store.wake();
        self.thread.take()
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if let Some(thread) = self.finish() {
            // Had it panicked, its status would say that it was never finished.
            thread.join().ok();
        }
    }
}

/// A number that no other recording is likely to have.
fn salt() -> u32 {
    use std::hash::{BuildHasher as _, RandomState};
    RandomState::new().hash_one("recording") as u32
}

/// Whether a file stands there that is neither empty nor a recording: a person who mistyped a name would lose it. What cannot be read is left to what comes next.
fn holds_something_else(path: &Path) -> bool {
    let Some(file) = path.is_file().then(|| File::open(path).ok()).flatten() else { return false };
    let mut begin = Vec::new();
    let read = file.take(MAGIC.len() as u64).read_to_end(&mut begin);
    read.is_ok() && !begin.is_empty() && begin != MAGIC
}

/// Writes all that stands before the rows; returns how long it is.
fn write_head(sink: &mut dyn Sink, head: &HeadBody) -> io::Result<u64> {
    let body = postcard::to_stdvec(head).map_err(io::Error::other)?;
    let frame = Frame::of(FrameKind::Head, &body, 0).ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
    let bytes = [&MAGIC[..], &VERSION.to_le_bytes(), &frame.to_bytes(0), &body].concat();
    sink.write_all(&bytes)?;
    Ok(PREFIX + (HEAD_LEN + body.len()) as u64)
}

/// What the writing thread works with.
struct Work {
    sink: Box<dyn Sink>,
    disk: Arc<Disk>,
    salt: u32,
    /// How long the file is.
    offset: u64,
    /// The first row that is not in it yet.
    next: u64,
    rows: u64,
    store: Arc<Store>,
    shared: Arc<Shared>,
    tracer: Tracer,
}

impl Work {
    fn run(mut self) {
        let ended = self.write_rows().and_then(|()| self.write_index());
        let failure = ended.err().map(|error| self.failure(&error));
        self.store.written_all();
        let mut status = self.shared.status();
        status.state = failure.clone().map_or(RecordingState::Finished, RecordingState::Failed);
        drop(status);
        if let Some(failure) = failure {
            self.tracer.life(Life::Told(failure));
        }
    }

    /// Writes rows until it is told to end and all are written.
    fn write_rows(&mut self) -> io::Result<()> {
        loop {
            let sealed = self.wait();
            // Looked at before the rows: all that came before the end was asked for are written, and no more, since programs may go on writing.
            let ending = self.shared.ending.load(Ordering::SeqCst);
            self.write_to(if ending { self.store.newest() } else { sealed })?;
            if ending {
                return Ok(());
            }
        }
    }

    /// Waits until a chunk is full, or rows have stood in memory alone for long enough, or it is to end. Returns up to which number rows are to be
    /// written now.
    fn wait(&self) -> u64 {
        let ending = || self.shared.ending.load(Ordering::SeqCst);
        let written = self.next - 1;
        self.store.wait_while(None, |newest, _| newest <= written && !ending());
        let sealed = self.store.wait_while(Some(Instant::now() + QUIET), |_, sealed| sealed <= written && !ending());
        if sealed > written { sealed } else { self.store.newest() }
    }

    /// Writes all rows there are, to the end of the chunk that holds row `last`.
    fn write_to(&mut self, last: u64) -> io::Result<()> {
        while self.next <= last
            && let Some(scan) = self.store.scan(self.next)
        {
            let mut rows = scan.rows();
            while !rows.is_empty() {
                let (frame, after) = rows.split_at(frame_rows(rows));
                self.write_frame(frame)?;
                rows = after;
            }
        }
        Ok(())
    }

    fn write_frame(&mut self, rows: &[Record]) -> io::Result<()> {
        let (frame, bytes) = rows_to_bytes(rows, self.salt).ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        self.write(&bytes)?;
        let block = Block::of(&frame, self.offset);
        self.offset = block.end();
        self.next = block.last() + 1;
        self.rows += u64::from(block.count);
        self.disk.add(block);
        self.store.written(block.last());
        let mut status = self.shared.status();
        (status.rows, status.bytes) = (self.rows, self.offset);
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let written = self.sink.write_all(bytes);
        if written.is_err() {
            // Half a frame would be passed over on opening; without it, nothing needs to be.
            self.sink.cut(self.offset).ok();
        }
        written
    }

    fn write_index(&mut self) -> io::Result<()> {
        let names = self.store.names();
        let index = IndexBody { blocks: self.disk.blocks(), names: (*names).clone() };
        let body = postcard::to_stdvec(&index).map_err(io::Error::other)?;
        // An index too long for a frame is left out: opening then walks.
        let Some(frame) = Frame::of(FrameKind::Index, &body, 0) else { return self.sink.sync() };
        let done = Frame { first: self.offset, ..Frame { kind: FrameKind::Done, length: 0, crc: 0, ..frame } };
        let bytes = [&frame.to_bytes(self.salt)[..], &body, &done.to_bytes(self.salt)].concat();
        self.write(&bytes)?;
        self.offset += bytes.len() as u64;
        self.shared.status().bytes = self.offset;
        self.sink.sync()
    }

    fn failure(&self, error: &io::Error) -> Message {
        let path = self.shared.status().path.clone();
        text!("trace-recording-stopped", file = shown(&path), errno = Errno::of(error).name(), rows = self.rows)
    }
}

/// How many of these rows the next frame takes.
fn frame_rows(rows: &[Record]) -> usize {
    let mut bytes = 0;
    let fits = |row: &&Record| {
        let before = bytes;
        bytes += row.payload.as_ref().map_or(0, |payload| payload.bytes.len());
        before < FRAME_BYTES
    };
    rows.iter().take(CHUNK).take_while(fits).count()
}

#[cfg(test)]
mod tests {
    use std::sync::Condvar;

    use super::*;
    use crate::trace::{Args, Call, Kind, Origin, Outcome, Payload, ProgramId, Settings, ThreadId, Trace};

    /// A disk that is full after so many bytes, and slow as long as it is held.
    struct Tight {
        file: File,
        room: usize,
        held: Arc<(Mutex<bool>, Condvar)>,
    }

    impl Write for Tight {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let held = self.held.0.lock().unwrap();
            drop(self.held.1.wait_while(held, |held| *held).unwrap());
            let part = bytes.len().min(self.room);
            self.room -= part;
            if part == 0 {
                Err(io::Error::from_raw_os_error(Errno::by_name("ENOSPC").unwrap().code()))
            } else {
                self.file.write(&bytes[..part])
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Sink for Tight {
        fn cut(&mut self, length: u64) -> io::Result<()> {
            self.file.cut(length)
        }

        fn sync(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn sends(count: usize) -> impl Iterator<Item = Record> {
        let (program, thread) = (ProgramId(1), ThreadId(1));
        let kind = Kind::Call(Call::Send, Args::Length(100));
        let payload = Some(Payload::whole(vec![b'x'; 100]));
        let row = Record {
            n: 0,
            kind,
            origin: Origin::Program,
            run: 1,
            program,
            thread,
            socket: None,
            t0: 0,
            t1: 0,
            outcome: Outcome::Ok(100),
            payload,
        };
        std::iter::repeat_n(row, count)
    }

    struct Setup {
        trace: Arc<Trace>,
        writing: Writing,
        held: Arc<(Mutex<bool>, Condvar)>,
        path: PathBuf,
        _folder: tempfile::TempDir,
    }

    fn setup(room: usize) -> Setup {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recording");
        let trace = Trace::new(Settings { budget: 1_000_000, ..Settings::default() }).unwrap();
        let held = Arc::new((Mutex::new(false), Condvar::new()));
        let sink = Tight { file: File::create(&path).unwrap(), room, held: Arc::clone(&held) };
        let tracer = trace.unnamed_tracer(ProgramId::LAB, Origin::Lab);
        let header = Header::here("", 0, Default::default());
        let writing = Writing::begin_in(Box::new(sink), File::open(&path).unwrap(), &path, header, trace.store(), tracer).unwrap();
        Setup { trace, writing, held, path, _folder: folder }
    }

    #[test]
    fn a_full_disk_is_told_once_and_the_programs_go_on() {
        let mut setup = setup(500_000);
        let store = setup.trace.store();
        store.append(sends(20_000));
        setup.writing.finish().unwrap().join().unwrap();
        let status = setup.writing.status();
        assert!(matches!(&status.state, RecordingState::Failed(why) if why.to_string().contains("ENOSPC")), "{status:?}");
        assert!((1_000..5_000).contains(&status.rows), "{status:?}");
        setup.trace.flush();
        let told = store.rows_at(&[20_001]).pop().flatten().unwrap();
        assert!(matches!(told.kind, Kind::Life(Life::Told(_))) && !told.is_of_lab(), "{told:?}");
        store.append(sends(20_000));
        let counts = store.counts();
        assert_eq!((counts.disk, counts.total()), (status.rows, 40_001), "what is on disk stays, what it refused is dropped");
        assert!(counts.dropped > 30_000, "{counts:?}");
        let opened = super::super::Recording::open(&setup.path).unwrap();
        assert_eq!(opened.store.counts().total(), status.rows);
        assert_eq!(opened.losses.len(), 1);
    }

    #[test]
    fn rows_wait_for_a_slow_disk() {
        let setup = setup(usize::MAX);
        *setup.held.0.lock().unwrap() = true;
        let store = Arc::clone(setup.trace.store());
        let appender = thread::Builder::new().name("appender".to_owned()).spawn(move || store.append(sends(20_000))).unwrap();
        // The budget holds some three thousand rows; no more come until the disk takes some.
        let store = setup.trace.store();
        let before = store.wait(3_000, Duration::from_secs(20));
        assert!((3_000..8_000).contains(&before), "{before}");
        *setup.held.0.lock().unwrap() = false;
        setup.held.1.notify_all();
        appender.join().unwrap();
        drop(setup.writing);
        assert_eq!((store.counts().dropped, store.counts().total()), (0, 20_000));
    }
}
