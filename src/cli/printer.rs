//! Prints the rows of a trace as they come, on a thread of its own: a reader that is slow holds up no program.

use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::arguments::Format;
use crate::text::Language;
use crate::trace::{Names, Record, Store, Trace, line};

/// How much is collected before it is written, in bytes. What is there when no more rows wait is always written.
const BUFFER: usize = 64 << 10;

/// How long it may go on printing at the end before that is told.
const PATIENCE: Duration = Duration::from_secs(1);

/// A printer at work.
#[derive(Debug)]
pub(super) struct Printer {
    thread: JoinHandle<Printed>,
    /// The row after which it ends.
    last: Arc<AtomicU64>,
    bell: Sender<()>,
    /// Closed when it has ended.
    ended: Receiver<()>,
}

/// What was printed.
#[derive(Debug, Default)]
pub(super) struct Printed {
    /// How many rows left memory before they could be printed.
    pub(super) lost: u64,
    /// Why it ended early, other than that nobody reads any more.
    pub(super) failure: Option<io::Error>,
}

impl Printer {
    /// Prints all rows of `trace` to `out`. `gone` gets a word when nothing more can be printed.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(super) fn start(
        trace: &Trace,
        format: Format,
        language: Language,
        out: impl Write + Send + 'static,
        gone: Sender<()>,
    ) -> io::Result<Self> {
        let (bell, rung) = bounded(1);
        let last = Arc::new(AtomicU64::new(u64::MAX));
        let ring = bell.clone();
        trace.store().on_growth(move || {
            // Full means that it rings already.
            ring.try_send(()).ok();
        });
        let (store, end) = (Arc::clone(trace.store()), Arc::clone(&last));
        let (ending, ended) = bounded(0);
        let work = move || {
            let _ending: Sender<()> = ending;
            let mut press = Press { store, format, language, out: BufWriter::with_capacity(BUFFER, out), last: end, next: 1, lost: 0 };
            // Whoever read and has seen enough (`| head`) is no failure.
            let result = press.run(&rung);
            if result.is_err() {
                // Full means that it has been told.
                gone.try_send(()).ok();
            }
            let failure = result.err().filter(|error| error.kind() != io::ErrorKind::BrokenPipe);
            Printed { lost: press.lost, failure }
        };
        let thread = thread::Builder::new().name("printer".to_owned()).spawn(work)?;
        Ok(Self { thread, last, bell, ended })
    }

    /// Waits until row `last` is printed, and ends. `late` is called once where that takes its time: many rows wait, or whoever reads them is slow.
    pub(super) fn finish(self, last: u64, late: impl FnOnce()) -> Printed {
        self.last.store(last, Ordering::SeqCst);
        // Full means that it rings already; closed, that it has ended.
        self.bell.try_send(()).ok();
        if self.ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            late();
        }
        self.thread.join().unwrap_or_else(|_panic| Printed { failure: Some(io::Error::other("printer")), ..Printed::default() })
    }
}

/// The printer's thread.
struct Press<W: Write> {
    store: Arc<Store>,
    format: Format,
    language: Language,
    out: W,
    last: Arc<AtomicU64>,
    /// The row that is printed next.
    next: u64,
    lost: u64,
}

impl<W: Write> Press<W> {
    /// Prints rows as they come, to the last.
    fn run(&mut self, rung: &Receiver<()>) -> io::Result<()> {
        if self.format == Format::Csv {
            writeln!(self.out, "{}", line::CSV_HEADER)?;
        }
        loop {
            self.print()?;
            self.out.flush()?;
            if self.next > self.last.load(Ordering::SeqCst) || rung.recv().is_err() {
                return Ok(());
            }
        }
    }

    /// Prints what is there.
    fn print(&mut self) -> io::Result<()> {
        for scan in self.store.scans(self.next) {
            let names = self.store.names();
            for record in scan.rows() {
                self.lost += record.n.saturating_sub(self.next);
                self.next = record.n + 1;
                writeln!(self.out, "{}", row(record, &names, self.format, self.language))?;
            }
        }
        Ok(())
    }
}

/// One row, without its line end.
pub(super) fn row(record: &Record, names: &Names, format: Format, language: Language) -> String {
    match format {
        Format::Text => line::text(record, names, language),
        Format::Jsonl => line::json(record, names),
        Format::Csv => line::csv(record, names),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::trace::{Life, Settings};

    /// What is written, up to a limit; then the reader is gone.
    #[derive(Clone, Default)]
    struct Reader {
        seen: Arc<Mutex<Vec<u8>>>,
        most: usize,
    }

    impl Write for Reader {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut seen = self.seen.lock().expect("no panic");
            if seen.len() >= self.most {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            seen.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn print_rows(most: usize, format: Format) -> (Printed, String, bool) {
        let trace = Trace::new(Settings::default()).expect("a thread");
        let reader = Reader { most, ..Reader::default() };
        let (gone, was_gone) = bounded(1);
        let printer = Printer::start(&trace, format, Language::English, reader.clone(), gone).expect("a thread");
        let tracer = trace.tracer(trace.new_program(), "t");
        for _ in 0..1_999 {
            tracer.life(Life::ProgramEnded);
        }
        trace.flush();
        let printed = printer.finish(trace.store().newest(), || {});
        let text = String::from_utf8(reader.seen.lock().expect("no panic").clone()).expect("text");
        (printed, text, was_gone.try_recv().is_ok())
    }

    #[test]
    fn every_row_is_printed_before_it_ends() {
        let (printed, text, was_gone) = print_rows(usize::MAX, Format::Csv);
        assert!(printed.failure.is_none() && printed.lost == 0 && !was_gone);
        assert_eq!(text.lines().count(), 2_001, "the head, the thread's row and 1999 more");
        assert!(text.starts_with("n,t,program"));
    }

    #[test]
    fn a_reader_that_has_seen_enough_is_no_failure() {
        let (printed, _, was_gone) = print_rows(0, Format::Jsonl);
        assert!(printed.failure.is_none() && was_gone);
    }
}
