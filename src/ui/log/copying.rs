//! Copies of many rows, written by a thread of its own.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::view::View;
use crate::text::Language;
use crate::trace::Store;
use crate::trace::copy::{Form, LONGEST};
use crate::trace::filter::Filtering;
use crate::ui::waker::Waker;

/// A copy that is ready.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Copied {
    /// What goes to the clipboard.
    pub(super) text: String,
    /// How many rows it holds.
    pub(super) rows: u64,
    /// Whether there were more than fit.
    pub(super) cut: bool,
}

/// The copy that is being written. The next one takes its place.
#[derive(Debug, Default)]
pub(super) struct Copying {
    pending: Option<(Receiver<Copied>, Arc<AtomicBool>)>,
}

/// What is to be copied.
pub(super) struct Wanted {
    pub(super) form: Form,
    pub(super) language: Language,
    pub(super) ranges: Vec<RangeInclusive<u64>>,
}

impl Copying {
    /// Writes the rows of `view` that are wanted.
    pub(super) fn begin(&mut self, wanted: Wanted, store: &Arc<Store>, view: &View, waker: &Waker) {
        self.stop();
        let (tell, told) = bounded(1);
        let stopped = Arc::new(AtomicBool::new(false));
        let (store, filtering, waker, stop) = (Arc::clone(store), Arc::clone(view.filtering()), waker.clone(), Arc::clone(&stopped));
        let work = move || {
            tell.send(write(&wanted, &store, &filtering, LONGEST, &stop)).ok();
            waker.ring();
        };
        if thread::Builder::new().name("copy".to_owned()).spawn(work).is_ok() {
            self.pending = Some((told, stopped));
        }
    }

    /// What was written, once.
    pub(super) fn copied(&mut self) -> Option<Copied> {
        match self.pending.as_ref()?.0.try_recv() {
            Ok(copied) => {
                self.pending = None;
                Some(copied)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.pending = None;
                None
            }
        }
    }

    fn stop(&mut self) {
        if let Some((_, stopped)) = self.pending.take() {
            stopped.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Copying {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The wanted rows that the filter passes, a line each, no longer than `longest` bytes.
fn write(wanted: &Wanted, store: &Store, filtering: &Filtering, longest: usize, stop: &AtomicBool) -> Copied {
    let names = store.names();
    let mut copied = Copied::default();
    for range in &wanted.ranges {
        let mut next = *range.start();
        while let Some(scan) = store.scan(next).filter(|_| next <= *range.end() && !stop.load(Ordering::Relaxed)) {
            let Some(last) = scan.rows().last().map(|row| row.n) else { break };
            let passed = filtering.numbers(filtering.place(next)..filtering.place(last + 1));
            let rows = scan.rows().iter().filter(|row| range.contains(&row.n) && passed.binary_search(&row.n).is_ok());
            for row in rows {
                let Some(line) = wanted.form.write(row, &names, wanted.language) else { continue };
                if copied.text.len() + line.len() > longest {
                    copied.cut = true;
                    return copied;
                }
                copied.text.push_str(&line);
                copied.text.push('\n');
                copied.rows += 1;
            }
            next = last + 1;
        }
    }
    copied
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::filter::Filter;
    use crate::trace::{Args, Call, Kind, Origin, Outcome, Payload, ProgramId, Record, ThreadId};

    #[test]
    fn what_is_shown_of_the_chosen_rows_is_copied_and_no_more_than_fits() {
        let store = Arc::new(Store::new(usize::MAX));
        let row = |n: u64| {
            let (program, thread) = (ProgramId(1), ThreadId(1));
            let kind = Kind::Call(if n.is_multiple_of(2) { Call::Send } else { Call::Recv }, Args::Length(2));
            let payload = Some(Payload::whole(vec![0xab, n as u8]));
            Record {
                n: 0,
                kind,
                origin: Origin::Program,
                run: 1,
                program,
                thread,
                socket: None,
                t0: 0,
                t1: 0,
                outcome: Outcome::Ok(2),
                payload,
            }
        };
        store.append((1..=9_000).map(row));
        let (told, looked) = bounded(1);
        let filtering = Filtering::new(&store, move || {
            told.try_send(()).ok();
        });
        let filtering = filtering.unwrap();
        filtering.set(Filter::parse("call:send").unwrap(), true);
        while !filtering.progress().is_done() {
            looked.recv_timeout(std::time::Duration::from_secs(20)).unwrap();
        }
        let wanted = Wanted { form: Form::Hex, language: Language::English, ranges: vec![3..=7, 4_095..=4_099, 8_999..=99_999] };
        let copied = write(&wanted, &store, &filtering, 1_000, &AtomicBool::new(false));
        assert_eq!(copied.text, "ab 04\nab 06\nab 00\nab 02\nab 28\n");
        assert_eq!((copied.rows, copied.cut), (5, false));
        let copied = write(&wanted, &store, &filtering, 13, &AtomicBool::new(false));
        assert_eq!((copied.rows, copied.cut), (2, true));
    }
}
